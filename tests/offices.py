"""Several people with workspaces of their own, who exchange bundles of one inspection."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspector_app.identity import read_card
from inspector_app.workspace import Workspace, following

SECRET = "a passphrase for tests"


@dataclass
class Offices:
    """People by name, and an inspection of theirs; its focus reviews travel with it."""

    folder: Path
    people: dict[str, Workspace]
    id: str

    def __getattr__(self, name: str) -> Workspace:
        return self.people[name]

    def send(self, sender: str, *receivers: str) -> None:
        """A bundle from one to each of these, who merges it."""
        one = self.people[sender]
        logs = [self.id, *(review.id for review in following.reviews_of(one, self.id))]
        for other in receivers:
            path = self.folder / f"{sender}-{other}.inspection"
            path.unlink(missing_ok=True)
            one.bundle(logs, path, to=[read_card(self.people[other].card())])
            self.people[other].merge(path)


@contextmanager
def acquainted(folder: Path, roles: Mapping[str, str]) -> Iterator[dict[str, Workspace]]:
    """Workspaces of people who accepted all cards: making one takes most of a second."""
    made = {
        name: Workspace.create(folder / name, f"{name.title()} Sample", role, "Unit", SECRET)[0]
        for name, role in roles.items()
    }
    for one in made.values():
        for other in made.values():
            if one is not other:
                one.accept(other.card())
    yield made
    for workspace in made.values():
        workspace.close()
