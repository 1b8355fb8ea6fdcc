"""The one money formatter: whole tenge -> «12 980 000 000 ₸», or short, «12,98 млрд ₸».

The tenge sign always stands after a no-break space (Babel would print KZT in Russian and English).
Unknown is said in words and never becomes 0.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from handlers.frame.texts import Texts

NBSP = "\N{NO-BREAK SPACE}"
TENGE = "₸"
THOUSAND = 1000
_SCALES = (THOUSAND, 10**6, 10**9, 10**12)


@lru_cache(maxsize=4096)
def money(t: Texts, kzt: int | None) -> str:
    """Return the exact amount, 12980000000 -> «12 980 000 000 ₸»; «белгісіз» for None."""
    if kzt is None:
        return t("not known")
    return f"{format_decimal(kzt, locale=t.language)}{NBSP}{TENGE}"


@lru_cache(maxsize=4096)
def short_money(t: Texts, kzt: int | None) -> str:
    """Return the amount to three significant decimals of its scale: «12,98 млрд ₸», «950 ₸».

    Rounded half up to hundredths of the largest fitting scale, both written where rounding changed
    the amount; «белгісіз» for None.
    """
    if kzt is None:
        return t("not known")
    scale = max((scale for scale in _SCALES if abs(kzt) >= scale), default=1)
    amount = _hundredths(kzt, scale)
    if abs(amount) >= THOUSAND and scale in _SCALES[:-1]:  # 999 999 999: «1 млрд», not «1000 млн»
        scale *= THOUSAND
        amount = _hundredths(kzt, scale)
    exact = amount * scale == kzt  # «1,40 млрд» was rounded, «1,4 млрд» is all there is
    pattern = "#,##0.##" if exact else "#,##0.00"
    figure = format_decimal(amount, format=pattern, locale=t.language)
    return NBSP.join(filter(None, (figure, _word(t, scale), TENGE)))


def _hundredths(kzt: int, scale: int) -> Decimal:
    return (Decimal(kzt) / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _word(t: Texts, scale: int) -> str:
    if scale == THOUSAND:
        return t("thousand")
    if scale == 10**6:
        return t("mn")
    if scale == 10**9:
        return t("bn")
    return t("tn") if scale == 10**12 else ""
