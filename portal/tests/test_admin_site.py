"""The admin's index and sidebar: in the order of use, and honest about what one may do there."""

from django.test import Client

from conftest import PASSWORD


def index_of(person):
    browser = Client()
    browser.post("/sign-in/", {"email": person.email, "password": PASSWORD})
    return browser, browser.get("/admin/").context["app_list"]


def test_the_queues_stand_first_and_accounts_last(ada):
    _, apps = index_of(ada)

    assert [app["app_label"] for app in apps][:2] == ["tickets", "requests_app"]
    assert apps[-1]["app_label"] == "accounts"
    tickets, requests = apps[:2]
    assert [model["object_name"] for model in tickets["models"]][:3] == [
        "Ticket",
        "WorkOrder",
        "CannedReply",
    ]
    assert requests["models"][0]["object_name"] == "ServiceRequest"


def test_what_one_may_only_look_at_says_so(ada, ben):
    offered = {}
    for person in (ada, ben):
        browser, apps = index_of(person)
        models = {each["object_name"]: each for app in apps for each in app["models"]}
        title = browser.get("/admin/tickets/routingrule/").context["title"]
        view_only = [name for name in ("Ticket", "RoutingRule") if models[name]["view_only"]]
        offered[person.name] = (view_only, title)

    assert offered == {
        "Ada": ([], "Select routing rule to change"),
        "Ben": (["RoutingRule"], "Select routing rule to view"),
    }
