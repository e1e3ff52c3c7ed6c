"""Signing the issued PDF with a key that is no part of this program: a key file or a token.

The panel writes nothing into the record: it makes a copy of the issued file with a signature more.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.errors import BadInput, UserError, WrongSecret
from inspector_app.files import write_whole
from inspector_app.inspection.issues import newest_issue
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import column, field_row, framed, holding, label, row, section
from inspector_app.ui.page import Told
from inspector_app.ui.secret_line import SecretLine
from inspector_app.ui.work import Work
from inspector_app.workspace import issuing, sealing

if TYPE_CHECKING:
    from inspector_app.signatures import Key
    from inspector_app.ui.page import Page

KEY_FILES = "Keys (*.p12 *.pfx *.P12 *.PFX)"
MODULES = "PKCS#11 modules (*.so *.dll *.dylib)"
_FROM = (("issued", "The file as issued"), ("signed", "A file that is signed already…"))
_BY = (("file", "Key file"), ("token", "Token or smart card"))


class ReportSigning(QWidget):
    """Which file, which key, its secret, and where to write. Not seen before a report is issued."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page = page
        self._work: Work | None = None
        self._begun: Path | None = None
        self._key_file: Path | None = None
        self._said = label("", "muted")
        self._open = button("Sign the issued file…", self._toggle)
        self._from = Chips(list(_FROM), name="Which file is signed")
        self._by = Chips(list(_BY), name="Where the key is")
        self._chosen_key = label("No key file is chosen.", "muted")
        self._module, self._token, self._certificate = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret = SecretLine("Passphrase of the key, or PIN")
        self._form = framed(self._fields(), "box")
        line = row(self._said, self._open)
        line.setStretch(0, 1)
        self._open.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._all = holding(column(line, self._form, gap=8))
        self.setLayout(column(self._all))
        self._form.hide()
        self.refresh()

    def _fields(self) -> QVBoxLayout:
        self._from.set_value("issued")
        self._by.set_value("file")
        self._from.chosen.connect(self._choose_begun)
        self._by.chosen.connect(lambda _: self._show_key())
        choose = button("Choose the key file…", self._choose_key)
        self._of_file = holding(row(choose, self._chosen_key, 1))
        self._of_token = self._token_fields()
        self._of_token.hide()
        sign = button("Sign and save…", self._sign, style="primary")
        cancel = button("Close", self._toggle)
        self.secret.entered.connect(self._sign)
        words = "It is a signature by the certificate that belongs to the key. Whose that is, "
        told = label(words + "a reader must know or ask; this program vouches for nobody.", "muted")
        parts = (section("What is signed"), self._from, section("Which key signs"), self._by)
        under = (self._of_file, self._of_token, self.secret, told, holding(row(sign, cancel, 1)))
        return column(*parts, *under, gap=8)

    def _token_fields(self) -> QWidget:
        find = button("Choose…", self._choose_module, style="link")
        of_token = field_row("Label of the token", self._token)
        of_certificate = field_row("Certificate, if it has several", self._certificate)
        module = field_row("PKCS#11 module", self._module, "", find)
        return holding(column(module, row(of_token, of_certificate, gap=16), gap=8))

    def refresh(self) -> None:
        """Show which version there is to sign."""
        issue = newest_issue(self._page.inspection)
        self._all.setVisible(issue is not None)
        if issue is not None:
            self._said.setText(f"{issue.number}, version {issue.version}, was issued.")

    def _toggle(self) -> None:
        shown = self._form.isHidden()
        self._form.setVisible(shown)
        self.secret.clear()
        self.secret.refuse("")
        (self._from if shown else self._open).setFocus()

    # -- choosing ----------------------------------------------------------------------------

    def _choose_begun(self, which: str) -> None:
        self._begun = None
        if which == "signed":
            path = choosing.open_file(self._page, "The signed file", choosing.REPORTS)
            self._begun = path
            if path is None:
                self._from.set_value("issued")

    def _choose_key(self) -> None:
        path = choosing.open_file(self._page, "The key file", KEY_FILES)
        if path is not None:
            self._key_file = path
            self._chosen_key.setText(path.name)
            self.secret.setFocus()

    def _choose_module(self) -> None:
        path = choosing.open_file(self._page, "The PKCS#11 module", MODULES)
        if path is not None:
            self._module.setText(str(path))

    def _show_key(self) -> None:
        on_token = self._by.value() == "token"
        self._of_token.setVisible(on_token)
        self._of_file.setVisible(not on_token)

    # -- signing -----------------------------------------------------------------------------

    def _sign(self) -> None:
        found: list[tuple[bytes, Callable[[], Key]]] = []
        if self._page.attempt(lambda: found.append((self._file(), self._key()))):
            issue = newest_issue(self._page.inspection)
            name = f"{issue.number}-version-{issue.version}-signed.pdf" if issue else "signed.pdf"
            target = choosing.save_file(self._page, "Write the signed file", name, choosing.REPORTS)
            if target is not None:
                self._start(target, *found[0])

    def _file(self) -> bytes:
        """The bytes to sign: as issued, or a file that is said to begin with them."""
        page = self._page
        if self._begun is None:
            return issuing.issued_bytes(page.workspace, page.inspection_id)
        return choosing.content(self._begun)

    def _key(self) -> "Callable[[], Key]":
        from inspector_app.signatures import key_from_file, key_on_token

        secret = self.secret.text()
        if self._by.value() == "token":
            module, token = self._module.text().strip(), self._token.text().strip()
            certificate = self._certificate.text().strip()
            return lambda: key_on_token(module, token, secret, certificate)
        if self._key_file is None:
            raise BadInput("Choose the file of your key first (.p12 or .pfx). Nothing was signed.")
        data = choosing.content(self._key_file)
        return lambda: key_from_file(data, secret)

    def _start(self, target: Path, data: bytes, key: "Callable[[], Key]") -> None:
        self.secret.refuse("")
        issued = sealing.issued_digests(self._page.workspace, self._page.inspection_id)
        self._work = Work(lambda: sealing.signed_copy(data, key(), issued=issued), self)
        self._work.done.connect(lambda made: self._save(target, *made))
        self._work.failed.connect(self._failed)
        self._page.message.emit("Signing …")
        self._work.start()

    def _failed(self, error: UserError) -> None:
        self._page.message.emit("Nothing was signed")
        if isinstance(error, WrongSecret):
            self.secret.refuse(error.message)
            self.secret.setFocus()
        else:
            self._page.told.emit(Told(error))

    def _save(self, target: Path, data: bytes, by: str) -> None:
        self.secret.clear()
        if self._page.attempt(lambda: write_whole(target, data)):
            page = self._page
            page.attempt(lambda: sealing.keep(page.workspace, page.inspection_id, data))
            self._said.setText(f"{target.name} bears a signature by {by}.")
            self._page.message.emit(f"Signed file written: {target.name}")
            self._form.hide()
            self._open.setFocus()
