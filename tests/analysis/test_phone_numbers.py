from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.helplines import is_helpline
from palms_spec.analysis.number_runs import digits_of
from palms_spec.analysis.phone_numbers import phone_numbers


def found(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in phone_numbers(text)]


@pytest.mark.parametrize(
    "number",
    [
        "+44 20 8123 4567",
        "+1 (415) 867-5309",
        "+4915112345678",
        "+33 (0)6 12 34 56 87",
        "+91-98765-12340",
        "(415) 867-5309",
        "(415)867-5309",
        "415-867-5309",
        "415.867.5309",
        "1-415-867-5309",
        "01273 561 234",
        "020 8123 4567",
        "(020) 8123 4567",
        "07911 234567",
        "0412 345 778",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "Ask at {}.", "({}), day and night", "Ask at {} 24/7", "“{}”", "{}: Dr. Okafor"]
)
def test_a_number_is_found_whatever_stands_around_it(number, around):
    assert found(around.format(number)) == [number]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("My phone number is 9876512340.", "9876512340"),
        ("My number is odd, call 8447123456", "8447123456"),
        ("tel: 06 12 34 56 87", "06 12 34 56 87"),
        ("Call me at 415 867 5309 tonight", "415 867 5309"),
    ],
)
def test_after_a_word_for_it_any_long_number_is_one(text, number):
    assert found(text) == [number]


def test_two_numbers_beside_each_other_are_two():
    assert found("415-867-5309, +44 20 8123 4567 or 415-867-5308") == [
        "415-867-5309",
        "+44 20 8123 4567",
        "415-867-5308",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-15 10:30:45.123456",
        "1998-2004, 2020-2021-2022, the years 1999 2000 2001 2002",
        "ISBN 978-3-16-148410-0 and ISBN 978-0-13-468599-1",
        "192.168.100.101, 255.255.255.0, v1.2.3, 10.15.7",
        "$1,000,000,000 and 3 500 000 000 people",
        "+40.712776, -74.005974",
        "+12,000 jobs, GMT+0200, x+4915112345678",
        "21-14, 101-99, 25-23, 15-12",
        "1234567890, 123-456-7890, (123) 456-7890, +44 1234 567890",
        "4155558671234, A415-867-5309, 415-867-5309-22, 2021-415-867-5309",
        "0101 0011 1100, 011 0110 0101",
        "(415) 555-0123, +1 415 555 0199, 844-555-5555",
        "1-800-356-9377, (888) 356-9377, +1 844 356 9377, 0800 783 4321, +44 808 157 0192, +800 1234 5679",
        "call 1 866 356 9377 or 1-833-356-9377",
        "020 7946 0958, 07700 900123, +44 7700 900123, 0491 570 156, 06 39 98 12 34",
        "https://example.org/415-867-5309/, ?id=4158675309",
        "call in 2024-03-15 1030, a call for 100 000 000 people",
        "call 988, 911, 112, 116 123, 13 11 14, 0800 1111; text HOME to 741741",
    ],
)
def test_what_is_no_number_of_a_person_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "number",
    ["1-800-273-8255", "(800) 273-8255", "+1 800 273 8255", "0808 2000 247", "+44 808 2000 247", "0800 111 0 111"],
)
def test_a_helpline_is_known_however_it_is_dialed(number):
    assert is_helpline(digits_of(number))


@given(st.text("0123456789+-(). a:", max_size=60))
def test_places_are_in_order_and_apart(text):
    places = list(phone_numbers(text))
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
