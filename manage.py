"""The command line: ``python manage.py COMMAND``; the commands are in ``commands/``."""

import gc
import io
import sys

from commands.by_name import ByName

COMMANDS = {
    "init": "installation.init",
    "demo": "installation.demo",
    "samples": "installation.samples",
    "schema": "documents.schema",
    "handbook": "documents.handbook",
    "template": "forms.template",
    "check": "forms.check",
    "map": "layouts.map_",
    "submit": "forms.submit",
    "approve": "decisions.approve",
    "return": "decisions.return_",
    "withdraw": "decisions.withdraw",
    "period": "periods.period",
    "plan-year": "plan_years.plan_year",
    "target": "targets.target",
    "account": "accounts.account",
    "token": "tokens.token",
    "vintages": "history.vintages",
    "changes": "history.changes",
    "assess": "judgement.assess",
    "coherence": "coherence.coherence",
    "completeness": "completeness.completeness",
    "standing": "standing.standing",
    "close-standing": "standing.close_standing",
    "score": "scores.score",
    "exemplar": "honours.exemplar",
    "award": "honours.award",
    "dossier": "dossier.dossier",
    "report": "meeting.report",
    "publish": "publishing.publish",
    "milestone": "milestones.milestone",
    "explanation": "inquiries.explanation",
    "remind": "reminders.remind",
    "verify": "verification.verify",
    "backup": "moving.backup",
    "restore": "moving.restore",
    "copy-to": "moving.copy_to",
}

cli = ByName(COMMANDS, "Targets of Lạng Sơn province: prepare, check, submit and judge.")


def main() -> None:
    # What a command loads stays to its end: looking through it for what could go takes a tenth
    # of a second while it loads. The collector still runs, less often.
    gc.set_threshold(50_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A Windows pipe would otherwise get a code page that has no Vietnamese.
            stream.reconfigure(encoding="utf-8")
    cli()


if __name__ == "__main__":
    main()
