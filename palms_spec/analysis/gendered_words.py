"""English words that name or stand for women or men, for counting whether both are spoken of."""

from __future__ import annotations

# fmt: off
FEMALE = frozenset((
    "she", "her", "hers", "herself", "woman", "women", "girl", "girls", "mother", "mothers", "daughter",
    "daughters", "sister", "sisters", "wife", "wives", "aunt", "aunts", "grandmother", "grandmothers",
    "granddaughter", "granddaughters", "niece", "nieces", "girlfriend", "girlfriends", "lady", "ladies", "queen",
    "waitress", "actress", "widow", "bride",
))
MALE = frozenset((
    "he", "him", "his", "himself", "man", "men", "boy", "boys", "father", "fathers", "son", "sons", "brother",
    "brothers", "husband", "husbands", "uncle", "uncles", "grandfather", "grandfathers", "grandson", "grandsons",
    "nephew", "nephews", "boyfriend", "boyfriends", "gentleman", "gentlemen", "king", "waiter", "actor", "widower",
    "groom",
))
# fmt: on
