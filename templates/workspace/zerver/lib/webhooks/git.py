"""Messages of the events that all Git hosts have, so that they read the same everywhere.

Every function returns the content of a message; the `TOPIC_...` templates make its topic. A
commit is a dict with `name` (its author), `sha`, `url` and `message`.
"""

import string
from collections import Counter
from collections.abc import Sequence
from typing import Any

TOPIC_WITH_BRANCH_TEMPLATE = "{repo} / {branch}"
TOPIC_WITH_PR_OR_ISSUE_INFO_TEMPLATE = "{repo} / {type} #{id} {title}"
TOPIC_WITH_RELEASE_TEMPLATE = "{repo} / {tag} {title}"

# What a push event gives as the commit before a new branch, or after a deleted one.
EMPTY_SHA = "0" * 40
# Commits beyond this are counted, not listed.
COMMITS_LIMIT = 20
# Committers beyond this are "others".
COMMITTERS_LIMIT = 3

# A longer text from the service, quoted below the line that introduces it.
CONTENT_MESSAGE_TEMPLATE = "\n~~~ quote\n{message}\n~~~"

RELEASE_MESSAGE_TEMPLATE_WITHOUT_USER_NAME = (
    "Release [{release_name}]({url}) for tag {tagname} was {action}."
)
RELEASE_MESSAGE_TEMPLATE_WITHOUT_USER_NAME_WITHOUT_URL = (
    "Release {release_name} for tag {tagname} was {action}."
)


def get_short_sha(sha: str) -> str:
    """A commit's hash, short enough to read."""
    return sha[:11]


def is_branch_name_notifiable(branch: str, branches: str | None) -> bool:
    """Whether a branch is in the comma-separated list that the URL asks for, if it has one."""
    if branches is None:
        return True
    return branch in {name.strip() for name in branches.split(",")}


def get_push_commits_event_message(
    user_name: str,
    compare_url: str | None,
    branch_name: str,
    commits_data: list[dict[str, Any]],
    is_truncated: bool = False,
    deleted: bool = False,
    force_push: bool | None = False,
) -> str:
    """Someone pushed commits to a branch, or pushed a branch that has none of its own.

    `is_truncated` says that the service left out some of the commits.
    """
    if deleted and not commits_data:
        return f"{user_name} {_linked('deleted', compare_url)} the branch {branch_name}."

    verb = _linked("force pushed" if force_push else "pushed", compare_url)
    if not commits_data:
        return f"{user_name} {verb} the branch {branch_name}."

    count = len(commits_data)
    headline = (
        f"{user_name} {verb} {count} commit{'s' if count > 1 else ''} to branch {branch_name}."
    )
    committers = get_all_committers(commits_data)
    if [name for name, _count in committers] != [user_name]:
        headline += f" Commits by {_enumerate_committers(committers)}."
    return f"{headline}\n\n{get_commits_content(commits_data, is_truncated)}".rstrip()


def get_force_push_commits_event_message(
    user_name: str, url: str, branch_name: str, head: str
) -> str:
    """Someone replaced the commits of a branch."""
    return f"{user_name} [force pushed]({url}) to branch {branch_name}. Head is now {head}."


def get_create_branch_event_message(user_name: str, url: str | None, branch_name: str) -> str:
    """Someone made a branch."""
    return f"{user_name} created {_linked(branch_name, url)} branch."


def get_remove_branch_event_message(user_name: str, branch_name: str) -> str:
    """Someone deleted a branch."""
    return f"{user_name} deleted branch {branch_name}."


def get_push_tag_event_message(
    user_name: str, tag_name: str, tag_url: str | None = None, action: str = "pushed"
) -> str:
    """Someone pushed or removed a tag."""
    return _with_mark(f"{user_name} {action} tag {_linked(tag_name, tag_url)}", tag_name, ".")


def get_pull_request_event_message(
    *,
    user_name: str,
    action: str,
    url: str,
    number: int | None = None,
    target_branch: str | None = None,
    base_branch: str | None = None,
    message: str | None = None,
    assignee: str | None = None,
    assignees: list[dict[str, Any]] | None = None,
    assignee_updated: str | None = None,
    reviewer: str | None = None,
    type: str = "PR",
    title: str | None = None,
) -> str:
    """Something happened to a pull request.

    action: the verb in the past tense; `assigned` and `unassigned` name `assignee_updated`.
    target_branch, base_branch: where the changes come from, and where they go.
    message: a description or comment, quoted below.
    assignees: dicts with `username`.
    type: what the service calls it, such as "MR".
    """
    verb = {
        "approval": "added their approval for",
        "unapproval": "removed their approval for",
        "assigned": f"assigned {assignee_updated} to",
        "unassigned": f"unassigned {assignee_updated} from",
    }.get(action, action)
    subject = type
    if number is not None:
        subject += f" #{number}"
    if title is not None:
        subject += f" {title}"

    line = f"{user_name} {verb} [{subject}]({url})"
    if target_branch and base_branch:
        line += f" from `{target_branch}` to `{base_branch}`"
    if assignees:
        line += f" (assigned to {_enumerate_names([a['username'] for a in assignees])})"
    elif assignee:
        line += f" (assigned to {assignee})"
    elif reviewer:
        line += f" (assigned reviewers: {reviewer})"

    # A reviewer does not count as an ending here: Connect punctuates after a title even then.
    ends_with_title = not (assignees or assignee or (target_branch and base_branch))
    line = _with_mark(line, (title or "") if ends_with_title else "", ":" if message else ".")
    if message:
        line += "\n" + CONTENT_MESSAGE_TEMPLATE.format(message=message)
    return line.rstrip()


def get_issue_event_message(
    *,
    user_name: str,
    action: str,
    url: str,
    number: int | None = None,
    message: str | None = None,
    assignee: str | None = None,
    assignees: list[dict[str, Any]] | None = None,
    assignee_updated: str | None = None,
    title: str | None = None,
) -> str:
    """Something happened to an issue; the parameters are those of a pull request."""
    return get_pull_request_event_message(
        user_name=user_name,
        action=action,
        url=url,
        number=number,
        message=message,
        assignee=assignee,
        assignees=assignees,
        assignee_updated=assignee_updated,
        title=title,
        type="issue",
    )


def get_issue_labeled_or_unlabeled_event_message(
    user_name: str,
    action: str,
    url: str,
    number: int,
    label_name: str,
    user_url: str,
    title: str | None = None,
) -> str:
    """Someone added a label to an issue or removed one; `action` is "added" or "removed"."""
    issue = f"[Issue {_numbered(number, title)}]({url})"
    return f"[{user_name}]({user_url}) {action} the {label_name} label {_way(action)} {issue}."


def get_issue_milestoned_or_demilestoned_event_message(
    user_name: str,
    action: str,
    url: str,
    number: int,
    milestone_name: str,
    milestone_url: str,
    user_url: str,
    title: str | None = None,
) -> str:
    """Someone added an issue to a milestone or took it out; `action` is "added" or "removed"."""
    milestone = f"[{milestone_name}]({milestone_url})"
    issue = f"[issue {_numbered(number, title)}]({url})"
    return f"[{user_name}]({user_url}) {action} milestone {milestone} {_way(action)} {issue}."


def get_commits_comment_action_message(
    user_name: str, action: str, commit_url: str, sha: str, message: str | None = None
) -> str:
    """Someone commented on a commit; `action` is "[commented](url)" or the like."""
    line = f"{user_name} {action} on [{get_short_sha(sha)}]({commit_url})"
    if not message:
        return f"{line}."
    return f"{line}:" + CONTENT_MESSAGE_TEMPLATE.format(message=message)


def get_release_event_message(
    user_name: str, action: str, tagname: str, release_name: str, url: str
) -> str:
    """Someone published, edited or removed a release."""
    return f"{user_name} {action} release [{release_name}]({url}) for tag {tagname}."


def get_commits_content(commits_data: list[dict[str, Any]], is_truncated: bool = False) -> str:
    """A bulleted list of commits: first line of the message, and a link."""
    lines = [
        f"* {commit['message'].partition(chr(10))[0]}"
        f" ([{get_short_sha(commit['sha'])}]({commit.get('url')}))"
        for commit in commits_data[:COMMITS_LIMIT]
    ]
    left_out = len(commits_data) - COMMITS_LIMIT
    if left_out > 0:
        lines.append(f"[and {left_out} more commit(s)]")
    elif is_truncated:
        lines.append("[and more commit(s)]")
    return "\n".join(lines)


def get_all_committers(commits_data: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Who made how many of the commits: most first, then by name, the rest as "others"."""
    counts = Counter(commit["name"] for commit in commits_data)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named, others = ranked[:COMMITTERS_LIMIT], ranked[COMMITTERS_LIMIT:]
    if others:
        named.append(("others", sum(count for _name, count in others)))
    return named


def _enumerate_committers(committers: list[tuple[str, int]]) -> str:
    return _enumerate_names([f"{name} ({count})" for name, count in committers])


def _enumerate_names(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _linked(text: str, url: str | None) -> str:
    return f"[{text}]({url})" if url else text


def _numbered(number: int, title: str | None) -> str:
    return f"#{number}" if title is None else f"#{number} {title}"


def _way(action: str) -> str:
    return "to" if action == "added" else "from"


def _with_mark(line: str, ending: str, mark: str) -> str:
    """The line with a final mark, unless the name it ends with brings one of its own."""
    return line if ending[-1:] and ending[-1] in string.punctuation else line + mark
