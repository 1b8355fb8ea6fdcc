"""Odd texts of a message's length: control characters, right to left, endless words and lists."""

LONGEST_MESSAGE = 4096

_ODD = {
    "empty": "",
    "blank": " \t\n\u00a0\u2003",
    "control": "".join(map(chr, range(32))) + "\x7f",
    "right to left": "ما الذي يُبنى بالقرب مني؟ \u202e школы \u202c",
    "emoji": "🏫🏗️👨‍👩‍👧‍👦🇰🇿 где строят школу?",
    "combining": "ш\u0301к\u0301о\u0301л\u0301а\u0301" * 100,
    "surrogates": "\ud83d мектеп \udc00",
    "long word": "мектеп" * 680,
    "long Latin word": "a" * LONGEST_MESSAGE,
    "long digits": "1" * LONGEST_MESSAGE,
    "digits and points": "1.1." * 1000,
    "numbers": " ".join(map(str, range(900))),
    "years": "2025 " * 800,
    "between": "между " * 600,
    "amounts": "от 2 до 5 млрд " * 250,
    "commas": "школа," * 600,
    "questions": "мектеп? " * 500,
    "quotes": "«" * 2000 + "»" * 2000,
    "nested": "(" * 2000 + "№" + ")" * 2000,
    "hyphens": "-".join(["мектеп"] * 500),
    "apostrophes": "'" * 2000 + "’" * 2000,
    "kazakh endings": "мектептеріміздегілердікінен " * 150,
    "mistyped": "шклаа мктпее скчол " * 200,
    "streets": "улица улица улица көшесі көшесі " * 120,
    "capitals": "КЕМЕР ИНЖИНИРИНГ " * 240,
    "markup": "<b>школа</b> &amp; <script>alert(1)</script>" * 60,
    "SQL": "'; DROP TABLE project; -- школа" * 60,
    "astral": "𐍈𐍈𐍈 𝓼𝓬𝓱𝓸𝓸𝓵 𝟙𝟟𝟠",
}  # fmt: skip

ODD = {name: text[:LONGEST_MESSAGE] for name, text in _ODD.items()}
