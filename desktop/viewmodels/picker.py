"""The models to choose from, as a list that a view can filter."""

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from desktop.domain.endpoints import currency_of
from desktop.domain.errors import AppError
from desktop.domain.models import READER_MODEL, Catalog, Currency, Model, Price
from desktop.domain.ports import Backend
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner

Index = QModelIndex | QPersistentModelIndex


class PickerRole(IntEnum):
    """What the list tells of each row."""

    MODEL = Qt.ItemDataRole.UserRole + 1
    PRICE = Qt.ItemDataRole.UserRole + 2


class ModelList(QAbstractListModel):
    """The on-device reader, then the catalog, then what the server lists; a row each."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[Model, ...] = ()
        self._currency: Currency | None = None
        self.show_models(catalog)

    def show_models(self, catalog: Catalog) -> None:
        self.beginResetModel()
        self._models = (Model(READER_MODEL), *catalog.models)
        self.endResetModel()

    def set_currency(self, currency: Currency | None) -> None:
        """Tell prices in `currency`; None: no prices."""
        if currency != self._currency:
            self._currency = currency
            self.dataChanged.emit(self.index(0), self.index(len(self._models) - 1), [PickerRole.PRICE])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._models)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Model | Price | None:
        model = self._models[index.row()]
        if role == PickerRole.MODEL:
            return model
        if role == PickerRole.PRICE:
            return model.price_in(self._currency)
        return model.id if role == Qt.ItemDataRole.DisplayRole else None


class PickerViewModel(QObject):
    """Choose a model, by list or by name.

    Signals:
        catalog_changed: The `Catalog` has other entries now.
        refreshing_changed: Whether the server is being asked for its models.
        refresh_failed: The `AppError` that it gave instead.
        model_chosen: The id that the user chose.
    """

    catalog_changed = Signal(object)
    refreshing_changed = Signal(bool)
    refresh_failed = Signal(object)
    model_chosen = Signal(str)

    def __init__(self, catalog: Catalog, backend: Backend, tasks: TaskOwner) -> None:
        super().__init__()
        self._shipped = catalog
        self._catalog = catalog
        self._endpoint: Endpoint | None = None
        self._backend = backend
        self._tasks = tasks
        self._list = ModelList(catalog, self)
        self.filtered = QSortFilterProxyModel(self)
        self.filtered.setSourceModel(self._list)
        self.filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    @property
    def catalog(self) -> Catalog:
        return self._catalog

    def set_endpoint(self, endpoint: Endpoint) -> None:
        """Forget what another server listed, and tell prices as they are there."""
        if endpoint != self._endpoint:
            self._endpoint = endpoint
            self._list.set_currency(currency_of(endpoint))
            if self._catalog is not self._shipped:
                self._show(self._shipped)

    def filter(self, text: str) -> None:
        """Show the models whose id holds `text`."""
        self.filtered.setFilterFixedString(text.strip())

    def choose(self, model_id: str) -> None:
        if model_id := model_id.strip():
            self.model_chosen.emit(model_id)

    def refresh(self, settings: Settings) -> None:
        """Ask the server for its models and merge them in."""
        self._tasks.start(self._refresh(settings), "list models")

    async def _refresh(self, settings: Settings) -> None:
        self.refreshing_changed.emit(True)
        try:
            listed = await self._backend.models(settings)
        except AppError as error:
            self.refresh_failed.emit(error)
        else:
            if self._endpoint in (None, settings.endpoint):
                self._show(self._shipped.merged(listed))
        finally:
            self.refreshing_changed.emit(False)

    def _show(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._list.show_models(catalog)
        self.catalog_changed.emit(catalog)
