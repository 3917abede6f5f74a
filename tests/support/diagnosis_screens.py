"""States that show bugs of the app's own; see `screens`."""

from desktop.diagnosis.bugs import Bugs
from desktop.domain.events import Finished, TextDelta
from desktop.runtime.tasks import TaskOwner
from desktop.ui.bug_dialog import BugDialog
from desktop.viewmodels.diagnosis import Diagnosis
from tests.support.qt import child, first
from tests.support.stage import Stage, State


async def bug_dialog(stage: Stage) -> None:
    (await _answered(stage)).bug_met.emit()
    stage.picture = child(stage.shell.window, BugDialog)


async def bug_copied(stage: Stage) -> None:
    await bug_dialog(stage)
    child(stage.shell.window, BugDialog).show_copied()


async def crashed(stage: Stage) -> None:
    await _answered(stage, has_crashed=True)


async def diagnostics_copied(stage: Stage) -> None:
    diagnosis = await _answered(stage)
    ready = first(diagnosis.report_ready)
    diagnosis.ask_for_report({})
    await ready


async def _answered(stage: Stage, *, has_crashed: bool = False) -> Diagnosis:
    stage.backend.answer_with(TextDelta(stage.answer), Finished("stop"))
    await stage.asked()
    diagnosis = Diagnosis(Bugs(), "\n".join, TaskOwner(), has_crashed=has_crashed)
    diagnosis.setParent(stage.shell)
    stage.shell.tell_of_bugs(diagnosis)
    return diagnosis


STATES: tuple[State, ...] = (bug_dialog, bug_copied, crashed, diagnostics_copied)
