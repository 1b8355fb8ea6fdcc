"""What readers of one language corrected: what no text says, and what one says instead.

Patterns, so that the whole kind stays away. `tests/handlers/test_words.py` looks at the catalogues,
the vocabulary and the data set, the crawl of `tests/conversation/test_crawl.py` at each screen.
"""

import re

CORRECTED = (  # language, what no text says, what one says instead
    ("kk", r"Мерзімінен .* күн өтті", "Мерзімі өткеніне {n} күн болды"),
    ("kk", r"төңіректе\b", "{radius} төңірегінде"),
    ("kk", r"(Айлық|айлық|Апталық|Күнделікті) жаңалық", "Апта жаңалықтары"),
    ("kk", r"(Айлық|айлық) ", "Ай жаңалықтары"),
    ("kk", r"[Шш]олу", "Күн жаңалықтары"),
    ("kk", r"жаза алады", "Әкімші бұл чатты апта жаңалықтарына жаздыра алады"),
    ("kk", r"Сөзбен іздеу", "Сөз бойынша іздеу"),
    ("kk", r"Құрастырған:", "Құрастырғандар: "),
    ("kk", r"қанша ақша", "қанша қаржыға"),
    ("kk", r"мерзімі өткені\b", "мерзімі өткен {what} бар"),
    ("kk", r"Түсінбеген сұрақтарым|Түсініксіз", "Бот түсінбеген сұрақтар"),
    ("kk", r"№\{number\} жоба", "№{number} {kind} жоқ"),
    ("kk", r"[Сс]оңғы мәлімет|Соңғы деректің", "Соңғы дерек: "),
    ("kk", r"✅ нақты", "✅ іс жүзінде"),
    ("kk", r"Ішкі бағдарлама", "Кіші бағдарламалар"),
    ("kk", r"Азайту|[Кк]ідір", "Сирету · үзіліс · тоқтату"),
    ("kk", r"[„“”]", "{name} аясында"),
    ("kk", r"[Үү]йді ұмыт", "Үйді өшіру"),
    ("kk", r"кешігіп жатыр", "Наурызбайда ненің мерзімі өтті?"),
    ("kk", r"уақытша тоқтат", "тоқтап тұр"),
    ("kk", r"\{sum\} (бастап|дейін)$", "{sum}-ге дейін"),
    ("kk", r"бас тартылғаны:|өзгергені:", "бас тартылған {what} бар"),
    ("kk", r"(автовокзалы|ТК) ауданы", "«Саяхат» автовокзалының маңы"),
    ("kk", r"күшейтумен", "сейсмикалық күшейтіп күрделі жөндеу"),
    ("kk", r"([дт][ае]|\}) тізімде", "{where} тізім бойынша {what} бар"),
    ("kk", r"дереккөз(дер)? айт", "ешбір дереккөзде айтылмаған"),
    ("kk", r"ортағы|көрсетілмегені –", "ауданы көрсетілмеген – {count}"),
    ("kk", r"тым жуық", "күні дәл айтылмаған"),
    ("kk", r"([Жж]оба|[Ққ]аржы) ең (көбі|азы)", "жобасы ең көбі"),
    ("kk", r"[Кк]өлемі белгісіз|қаншалықты үлкен", "ауқымы қандай"),
    ("kk", r"мекенжайын (абаттанд|көгалданд)", "мекенжайының аумағын абаттандыру"),
    ("kk", r"[Мм]екенжайсыз", "мекенжайы көрсетілмеген"),
    ("kk", r"ауданындағы \w+ көшесіндегі", "Шұғыла шағынауданы, Сәбденов көшесіндегі мектеп"),
    ("kk", r"міндетті түрде толық", "толық құны болмауы да мүмкін"),
    ("ru", r"^[Зз]апланировано", "В планах {where}: {what}"),
    ("ru", r"[„“”]", "в программе {name}"),
    ("ru", r"Какой имеете", "Какой проект имеете в виду? Нажмите номер"),
    ("ru", r"[Нн]епонятые", "Вопросы, которых я не понял"),
    ("ru", r"вовремя|обещали:", "обещали {promise} – успели"),
    ("ru", r"сумма:", "сколько потрачено"),
    ("ru", r"сведения: дата неизвестна", "источник без даты"),
    ("ru", r"Новости (дня|недели|месяца)", "Сводка недели"),
    ("ru", r"Посчитано по списку", "Учтено {where}: {what} из списка."),
    ("ru", r"[Дд]анные кончаются", "Данные заканчиваются раньше"),
    ("ru", r"[Пп]о остальн", "Ещё по {n} проектам суммы источники не называют"),
    ("ru", r"Срок – этот год", "Срок в этом году, месяц неизвестен"),
    ("ru", r"Нет сведений, чтобы", "Нет сведений о проектах, объявленных за это время"),
    ("en", r"Completed on", "Completed"),
    ("en", r"[Pp]olyclinic", "Clinic in Kuramys"),
    ("en", r"Comfortable", "Comfort School"),
    ("en", r"[Mm]edium repair", "Resurfacing of 172 streets"),
    ("en", r"[Uu]nder construction", "being built"),
    ("en", r"[Ll]atest statement|latest data", "Last heard: "),
    ("en", r"Counted of", "Counted {where}: {what} from the list."),
    ("en", r"falls on each|too few projects to say", "to work out a figure for each resident"),
    ("en", r"without you\b", "not linked to you"),
    ("en", r"without address", "without an address"),
    ("en", r"\bis is\b", "Its size is not known:"),
    ("en", r"^About: ", "Roughly: "),
    ("en", r"day not known|last heard: not", "undated source"),
)


def still_wrong(language: str, text: str) -> list[str]:
    """Return what of a screen's text was corrected before.

    Names in «» may have inner quotation marks of their own.
    """
    bare = re.sub(r"«[^«»]*»", "«»", text)
    return [wrong for told, wrong, _ in CORRECTED if told == language and re.search(wrong, bare)]
