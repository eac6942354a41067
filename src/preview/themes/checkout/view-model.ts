/**
 * What Connect's templates are given to show messages (web/src/message_list_view there), for the reader that its
 * tool logs in as: an administrator who follows the stream, has read everything and looks at it today.
 */
import Handlebars from "handlebars";
import { groupByRecipient, type PageMessage } from "../../page.ts";

/** What differs from tree to tree is there under each of its names. */
export function messageGroups(messages: readonly PageMessage[]): object {
  const groups = groupByRecipient(messages).map((group, index) => ({
    message_group_id: `message_group_${index + 1}`,
    ...recipientOf(group[0] as PageMessage),
    date: "Today",
    date_html: "Today",
    date_unchanged: false,
    is_subscribed: true,
    message_containers: group.map(containerOf),
  }));
  return { message_groups: groups, table_name: "zhome", message_list_id: 1 };
}

const POLICIES = { INHERIT: 0, MUTED: 1, UNMUTED: 2, FOLLOWED: 3 };

function recipientOf({ recipient, colours }: PageMessage): object {
  if (recipient.type === "direct") {
    return {
      is_stream: false,
      is_private: true,
      recipient_users: [{ full_name: recipient.to, is_bot: true }],
      display_reply_to_for_tooltip: recipient.to,
      pm_with_url: "#",
    };
  }
  const { stream, topic, links = 0 } = recipient;
  return {
    is_stream: true,
    stream_id: 1,
    display_recipient: stream,
    stream_name: stream,
    stream_url: "#",
    topic,
    topic_display_name: topic,
    is_empty_string_topic: topic === "",
    topic_url: "#",
    topic_links: Array.from({ length: links }, () => ({ url: "#", text: "" })),
    recipient_bar_color: colours.bar,
    stream_privacy_icon_color: colours.icon,
    // The topic may be edited, resolved and muted: each is a control in the bar.
    on_hover_topic_edit: true,
    is_topic_editable: true,
    user_can_resolve_topic: true,
    topic_is_resolved: topic.startsWith("✔ "),
    visibility_policy: POLICIES.INHERIT,
    all_visibility_policies: POLICIES,
  };
}

function containerOf({ senderName, avatar, html, time, recipient }: PageMessage, index: number) {
  const picture = avatar && Buffer.from(avatar.bytes).toString("base64");
  return {
    msg: {
      id: index + 1,
      is_stream: recipient.type === "stream",
      sender_id: 1,
      sender_full_name: senderName,
      content: new Handlebars.SafeString(html),
      url: "#",
    },
    include_sender: true,
    include_recipient: index === 0,
    sender_is_bot: true,
    small_avatar_url: picture === undefined ? "data:," : `data:${avatar?.type};base64,${picture}`,
    timestr: time,
  };
}
