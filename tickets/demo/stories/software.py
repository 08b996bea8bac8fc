"""Programs that say no."""

from tickets.demo.stories.story import Story

STORIES = [
    Story(
        category="software",
        team="Service desk",
        tags=["error"],
        weight=13,
        hours=6,
        reports=[
            ("Case archive closes while saving", "Error 0x80070490, and the last hour is gone."),
            ("Spreadsheet with macros opens read only", "Since the update last night."),
            ("Invoices cannot be exported", "“Unexpected end of file”, for every month."),
            ("Dictation writes another language", "I speak English. It writes something else."),
            ("Calendar shows every meeting twice", "Once at nine and once at eight."),
        ],
        questions=[
            ("Can you send the exact text of the message?", "It says: object reference not set."),
            ("Does a colleague see the same?", "Yes, both of us, since Tuesday."),
        ],
        remarks=[
            "Reproduced on a clean profile: it is the build of the 14th.",
            "The vendor has it as a known bug, hot fix promised.",
            "Disk of the archive server was at 97 per cent. Cleaned, alarm set at 85.",
        ],
        waits=["The vendor works on a fix.", "Waiting for the file that fails."],
        resolutions=[
            "Rolled back to the previous version for everybody until the fix is out.",
            "The folder is trusted again, macros run.",
            "A stray character in one customer's name; removed, export runs.",
            "Time zone of the shared calendar was wrong. One meeting, one entry.",
        ],
        complaints=["It saved twice, then closed again.", "March exports, April does not."],
    ),
    Story(
        category="access",
        team="Service desk",
        tags=["sign-in"],
        weight=10,
        hours=2,
        reports=[
            ("Cannot sign in since this morning", "It says my password has expired, twice a day."),
            ("Shared mailbox is gone", "It was there yesterday, with three hundred mails in it."),
            ("Second factor on a phone that I no longer have", "It lies in a lake."),
            ("Locked out of payroll", "I stand in for a colleague and month-end is on Friday."),
        ],
        questions=[
            ("From which computer do you sign in?", "My laptop. The desktop at home works."),
        ],
        remarks=[
            "An old phone keeps trying with the old password.",
            "Licence was taken away by the clean-up job; exception added.",
        ],
        waits=["Identity has to be confirmed in person."],
        resolutions=[
            "Old session ended on the forgotten tablet; password set anew.",
            "Mailbox is back, mails included.",
            "New phone enrolled at the desk.",
        ],
        complaints=["Locked again after lunch."],
    ),
]
