from abc import abstractmethod

import pytest
from PySide6.QtWidgets import QWidget

from ledger.ui.abstract import check_complete


class Shape(QWidget):
    @abstractmethod
    def area(self) -> int: ...

    @abstractmethod
    def name(self) -> str: ...


class Named(Shape):
    def name(self) -> str:
        return "a shape"


class Square(Named):
    def area(self) -> int:
        return 4


def test_what_is_left_open_is_named():
    with pytest.raises(TypeError, match=r"^Shape lacks area, name$"):
        check_complete(Shape)
    with pytest.raises(TypeError, match=r"^Named lacks area$"):
        check_complete(Named)


def test_a_class_that_gives_all_of_it_passes():
    assert check_complete(Square) is None
