"""Which numbers of a date are its year, its month and its day."""

import datetime


class Date:
    """The numbers of a date, in the order in which they were written."""

    def __init__(self) -> None:
        self.values: list[int] = []
        self.month_at: int | None = None
        self.year_at: int | None = None
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None

    def append(self, text: str) -> None:
        """Adds a number; one of more than two digits is the year."""
        value = int(text)  # a fraction is no part of a date
        if len(text) > 2 or value > 100:
            if self.year_at is not None:
                raise ValueError("two years")
            self.year_at = len(self.values)
        self._add(value)

    def append_month(self, month: int) -> None:
        """Adds a month that was named."""
        if self.month_at is not None:
            raise ValueError("two months")
        self.month_at = len(self.values)
        self._add(month)

    def _add(self, value: int) -> None:
        if len(self.values) == 3:
            raise ValueError("more than three numbers")
        self.values.append(value)

    def could_be_day(self, text: str) -> bool:
        """Whether a number may be the day: it is not known yet, and the month has so many."""
        return text.isdigit() and 1 <= int(text) <= 31 and len(self.values) < 3

    def parts(self) -> dict[str, int]:
        """What is known, by name."""
        known = {"year": self.year, "month": self.month, "day": self.day}
        return {name: value for name, value in known.items() if value is not None}

    def resolve(self, dayfirst: bool, yearfirst: bool) -> None:
        """Says which number is which."""
        order = self._order(dayfirst, yearfirst)
        for name, value in zip(order, self.values, strict=True):
            setattr(self, name, value)
        if self.year is not None and self.year_at is None and self.year < 100:
            self.year = _near(self.year)

    def _order(self, dayfirst: bool, yearfirst: bool) -> tuple[str, ...]:
        values, month_at, year_at = self.values, self.month_at, self.year_at
        if len(values) == 3 and None not in (month_at, year_at):
            named = {month_at: "month", year_at: "year"}
            return tuple(named.get(index, "day") for index in range(3))
        if len(values) == 3:
            return self._order_of_three(dayfirst, yearfirst)
        if len(values) == 2:
            return self._order_of_two(dayfirst)
        if not values:
            return ()
        return ("month",) if month_at == 0 else ("year",) if year_at == 0 or values[0] > 31 else ("day",)

    def _order_of_two(self, dayfirst: bool) -> tuple[str, ...]:
        first, second = self.values
        if self.month_at == 0:
            return ("month", "year" if second > 31 or self.year_at == 1 else "day")
        if self.month_at == 1:
            return ("year" if first > 31 or self.year_at == 0 else "day", "month")
        if first > 31 or self.year_at == 0:
            return ("year", "month")
        if second > 31 or self.year_at == 1:
            return ("month", "year")
        return ("day", "month") if dayfirst and second <= 12 else ("month", "day")

    def _order_of_three(self, dayfirst: bool, yearfirst: bool) -> tuple[str, ...]:
        first, second, third = self.values
        if self.month_at == 0:
            return ("month", "year", "day") if second > 31 else ("month", "day", "year")
        if self.month_at == 1:
            ahead = first > 31 or (yearfirst and third <= 31)
            return ("year", "month", "day") if ahead else ("day", "month", "year")
        if self.month_at == 2:
            return ("day", "year", "month") if second > 31 else ("year", "day", "month")
        if first > 31 or self.year_at == 0 or (yearfirst and second <= 12 and third <= 31):
            return ("year", "day", "month") if dayfirst and third <= 12 else ("year", "month", "day")
        if first > 12 or (dayfirst and second <= 12):
            return ("day", "month", "year")
        return ("month", "day", "year")


def _near(year: int) -> int:
    """The year of two digits that is at most fifty years away."""
    now = datetime.datetime.now().year
    full = now // 100 * 100 + year
    if full >= now + 50:
        return full - 100
    return full + 100 if full < now - 50 else full
