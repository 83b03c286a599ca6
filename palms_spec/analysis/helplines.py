"""Public helplines. Their numbers and addresses are meant to be passed on.

Short numbers (988, 911, 112, 116 123, 3114 ...) need no place here: nobody looks for a person's number in so few
digits.
"""

from __future__ import annotations

_HELPLINES = {
    "1": {
        "8002738255": "988 Suicide and Crisis Lifeline",
        "8007997233": "National Domestic Violence Hotline",
        "8006564673": "National Sexual Assault Hotline",
        "8006624357": "SAMHSA National Helpline",
        "8664887386": "The Trevor Project",
        "8004224453": "Childhelp National Child Abuse Hotline",
        "8002221222": "Poison Help",
        "8883737888": "National Human Trafficking Hotline",
        "8009312237": "National Eating Disorders Association",
        "8775658860": "Trans Lifeline",
        "8009506264": "National Alliance on Mental Illness",
        "8009855990": "Disaster Distress Helpline",
        "8663319474": "love is respect",
        "8008435678": "National Center for Missing and Exploited Children",
        "8007862929": "National Runaway Safeline",
        "8338526262": "National Maternal Mental Health Hotline",
        "8005224700": "National Problem Gambling Helpline",
        "8006771116": "Eldercare Locator",
        "8447628483": "StrongHearts Native Helpline",
        "8334564566": "Talk Suicide Canada",
        "8006686868": "Kids Help Phone",
        "8552423310": "Hope for Wellness",
    },
    "44": {
        "8001111": "Childline",
        "8082000247": "National Domestic Abuse Helpline",
        "8088005000": "NSPCC",
        "3001233393": "Mind",
        "8000684141": "Papyrus HOPELINE247",
        "3450909090": "Samaritans",
        "8457909090": "Samaritans",
        "3003047000": "SANEline",
        "8088010327": "Men's Advice Line",
        "8085002222": "Rape Crisis",
        "8000119100": "Switchboard",
        "8004708090": "The Silver Line",
        "800555111": "Crimestoppers",
        "800585858": "CALM",
        "8088084994": "The Mix",
        "8088010677": "Beat",
        "8088025544": "YoungMinds Parents Helpline",
        "3001236600": "FRANK",
    },
    "353": {
        "1800666666": "Childline",
        "1800341900": "Women's Aid",
        "1800247247": "Pieta",
        "1800778888": "Rape Crisis Centre",
    },
    "61": {
        "131114": "Lifeline",
        "1300224636": "Beyond Blue",
        "1800551800": "Kids Helpline",
        "1800737732": "1800RESPECT",
        "1300659467": "Suicide Call Back Service",
        "1300789978": "MensLine",
        "1800184527": "QLife",
    },
    "64": {
        "800543354": "Lifeline",
        "508828865": "Suicide Crisis Helpline",
        "800376633": "Youthline",
        "800733843": "Women's Refuge",
    },
    "91": {"9152987821": "iCall", "9820466726": "AASRA", "18602662345": "Vandrevala Foundation"},
    "49": {
        "8001110111": "TelefonSeelsorge",
        "8001110222": "TelefonSeelsorge",
        "8001110333": "Nummer gegen Kummer",
        "8001110550": "Elterntelefon",
        "8000116016": "Hilfetelefon Gewalt gegen Frauen",
    },
    "33": {"972394050": "SOS Amitié"},
    "34": {"717003717": "Teléfono de la Esperanza"},
    "27": {"800567567": "SADAG"},
}
_DIALED = {
    prefix + number: name
    for code, numbers in _HELPLINES.items()
    for number, name in numbers.items()
    for prefix in (code, "0", "", "0" + code, "00" + code)
}

HELPLINE_ADDRESSES = frozenset(("jo@samaritans.org", "pat@papyrus-uk.org"))


def is_helpline(digits: str) -> bool:
    """Whether these digits are a helpline's number, with or without the code of its country."""
    return digits in _DIALED
