"""What is said in every ticket, whatever is broken."""

ACKNOWLEDGEMENTS = [
    "Thank you, I have it and look into it now.",
    "Got it. I call you within the hour.",
    "Thanks for the details, that helps. Back soon.",
    "We see it from here, too. Working on it.",
]
PROGRESS = [
    "Found the cause; the repair takes until tomorrow.",
    "Still on it. It is not what we thought first.",
    "We need a spare part and keep you posted.",
    "Tried a first thing. Is it better now?",
]
THANKS = [
    "Works. Thank you!",
    "Perfect, thanks.",
    "Much better, thank you.",
    "That was quick, thanks a lot.",
]
NUDGES = [
    "Any news?",
    "It is still like that. Could somebody have a look?",
    "My colleagues ask me, so I ask you.",
]
CALLED_OFF = [
    "It works again, I do not know why.",
    "Reported twice by mistake.",
    "It was the cable. I am sorry.",
    "Not needed any more, we moved.",
]
SPAM = ["Not a fault: please ask for it in the catalogue.", "Advertisement.", "Test, as it says."]
HANDOVERS = [
    "@{name} I am off next week, could you go on?",
    "@{name} you know this one better.",
    "@{name} late shift, as agreed.",
]
MENDED_ALREADY = "The same as {other}, which is mended."
SAME_THING = ["Same fault, same place.", "Both see the same.", "Follows the other one from here."]
NOT_THE_SAME = ["Looks alike, but this is another room.", "This one goes on after the repair."]
