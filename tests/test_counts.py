"""Lists that name the first few of many."""

import pytest

from poa_xl.guards.active_content import Item
from poa_xl.messages import active_content, counts


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), ([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3], "1, 2 y 1 más"), (list(range(1, 2001)), "1, 2 y 1998 más")],
)
def test_the_first_ones_are_named_and_the_others_counted(items: list[int], said: str) -> None:
    assert counts.first_ones(items, 2) == said


@pytest.mark.parametrize("many", [10, 10_000])
def test_the_others_are_not_put_into_words(many: int) -> None:
    told: list[int] = []

    def say(item: int) -> str:
        told.append(item)
        return f"«{item}»"

    assert counts.first_ones(range(many), 3, say, joint=" o ") == f"«0» o «1» o «2» y {many - 3} más"
    assert told == [0, 1, 2]


def test_what_is_said_of_many_parts_grows_with_those_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Item] = []
    say = active_content.say

    def counted(item: Item) -> str:
        told.append(item)
        return say(item)

    monkeypatch.setattr(active_content, "say", counted)
    items = [Item("libro", f"M{n}") for n in range(5000)]
    assert active_content.listed(items).endswith(f" y {5000 - len(told)} más")
    assert len(told) < 10
