"""A person's Home, put together from this room's part and what other rooms add."""

from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.people import service as people
from bot.people import views
from bot.people.house import House, Person, slack_facts


def publish(client: WebClient, house: House, person: Person) -> None:
    """Shows the person their Home as it is now."""
    view = _of_member(house, person) or views.home_of_guest(slack_facts(client, house, person).name)
    client.views_publish(user_id=person.slack_id, view=view)


def _of_member(house: House, person: Person) -> View | None:
    workspace, slack_id = person.workspace, person.slack_id
    with house.store.session() as session:
        member = people.find(session, workspace=workspace, slack_id=slack_id)
        if member is None:
            return None
        roles = people.roles_of(session, workspace=workspace, slack_id=slack_id, settings=house.settings)
        standing = people.consents(session, workspace=workspace, member_id=member.id)
        others = [block for add in house.home_sections for block in add(session, workspace, member, roles)]
    return views.home(member, standing, others)
