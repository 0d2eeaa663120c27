package dev.relay.testkit;

import static dev.relay.testkit.StoreFixture.ANY_TEXT;
import static dev.relay.testkit.StoreFixture.NOW;
import static dev.relay.testkit.StoreFixture.at;
import static dev.relay.testkit.StoreFixture.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AgentAccounts.Replacement;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.StoreException;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.core.workspace.Workspace.Draft;
import dev.relay.core.workspace.Workspace.Drafts;
import dev.relay.core.workspace.Workspace.Macro;
import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.core.workspace.Workspace.ReadMarks;
import dev.relay.core.workspace.Workspace.SavedReplies;
import dev.relay.core.workspace.Workspace.SavedReplies.Replaced;
import dev.relay.core.workspace.Workspace.SavedReply;
import dev.relay.core.workspace.Workspace.SavedView;
import dev.relay.core.workspace.Workspace.SavedViews;
import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfile.Attribute;
import dev.relay.core.workspace.Workspace.SiteProfiles;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The promises of an {@link AccessStore}: rules S11 to S14 and S16 of {@code docs/store-contract.md}. Only a store that serves Relay's own desk
 * needs them. To test one, extend this class and return an empty one from {@link #open()}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class AccessStoreContract {
  private @Nullable AccessStore opened;

  /** Creates the contract; called by the subclass that tests an access store. */
  protected AccessStoreContract() {}

  /** Opens an empty store; called once per test. */
  protected abstract AccessStore open() throws Exception;

  /** Closes a store after its test. */
  protected abstract void close(AccessStore store) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    opened = open();
  }

  @AfterEach
  final void closeStore() throws Exception {
    close(access());
  }

  private AccessStore access() {
    return Objects.requireNonNull(opened, "the store was not opened");
  }

  @Test
  void rule_S11_1_a_user_name_is_taken_once() throws Exception {
    AgentAccount account =
        new AgentAccount("ann", ANY_TEXT.substring(0, 25), Optional.of("hash"), NOW, false);

    List<Boolean> answers = atOnce(4, number -> access().accounts().add(account));

    assertThat(answers).containsOnlyOnce(true);
    AgentAccount other = new AgentAccount("ann", "Anna", Optional.empty(), NOW, true);
    assertThat(access().accounts().add(other)).isFalse();
    assertThat(access().accounts().find("ann")).contains(account);
    assertThat(access().accounts().find("bob")).isEmpty();
  }

  @Test
  void rule_S11_2_an_account_that_is_there_can_be_replaced() {
    AgentAccount account = new AgentAccount("ann", "Ann", Optional.empty(), NOW, false);
    AgentAccount next = new AgentAccount("ann", "Anna", Optional.of("hash"), NOW, true);

    assertThat(access().accounts().replace(account, next)).isEqualTo(Replacement.OUTDATED);
    assertThat(access().accounts().find("ann")).isEmpty();
    access().accounts().add(account);
    assertThat(access().accounts().replace(account, next)).isEqualTo(Replacement.DONE);
    assertThat(access().accounts().find("ann")).contains(next);
  }

  @Test
  void rule_S11_4_an_account_that_was_changed_meanwhile_is_not_replaced() {
    AgentAccount read = new AgentAccount("ann", "Ann", Optional.of("hash"), NOW, false);
    access().accounts().add(read);
    AgentAccount disabled = new AgentAccount("ann", "Ann", Optional.of("hash"), NOW, true);
    AgentAccount renamed = new AgentAccount("ann", "Anna", Optional.of("hash"), NOW, true);
    AgentAccount reset = new AgentAccount("ann", "Anna", Optional.empty(), NOW, true);
    AgentAccount promoted = reset.withRole(Role.SUPERVISOR);
    AgentAccount busier = promoted.withCapacity(9);
    for (AgentAccount change : List.of(disabled, renamed, reset, promoted, busier)) {
      AgentAccount before = access().accounts().find("ann").orElseThrow();
      assertThat(access().accounts().replace(before, change)).isEqualTo(Replacement.DONE);

      assertThat(access().accounts().replace(before, read.withPasswordHash("other")))
          .isEqualTo(Replacement.OUTDATED);
      assertThat(access().accounts().find("ann")).contains(change);
    }
  }

  @Test
  void rule_S11_5_the_last_admin_who_can_log_in_stays_one() throws Exception {
    AgentAccount ann = admin("ann");
    AgentAccount bob = admin("bob");
    List<AgentAccount> noAdmins = List.of(
        admin("cleo").withDisabled(true),
        new AgentAccount("dan", "Dan", Optional.empty(), NOW, false).withRole(Role.ADMIN),
        admin("eve").withRole(Role.SUPERVISOR));
    access().accounts().add(ann);
    noAdmins.forEach(each -> access().accounts().add(each));
    List<AgentAccount> ends = List.of(
        ann.withRole(Role.SUPERVISOR),
        ann.withDisabled(true),
        new AgentAccount("ann", "Ann", Optional.empty(), NOW, false).withRole(Role.ADMIN));

    for (AgentAccount end : ends) {
      assertThat(access().accounts().replace(ann, end)).isEqualTo(Replacement.LAST_ADMIN);
      assertThat(access().accounts().find("ann")).contains(ann);
    }
    AgentAccount renamed = ann.withDisplayName("Anna");
    assertThat(access().accounts().replace(ann, renamed)).isEqualTo(Replacement.DONE);
    access().accounts().add(bob);

    List<Replacement> atOnce = atOnce(
        2,
        number -> number == 0
            ? access().accounts().replace(renamed, renamed.withDisabled(true))
            : access().accounts().replace(bob, bob.withRole(Role.AGENT)));

    assertThat(atOnce).containsExactlyInAnyOrder(Replacement.DONE, Replacement.LAST_ADMIN);
  }

  private static AgentAccount admin(String name) {
    return new AgentAccount(name, name, Optional.of("hash"), NOW, false).withRole(Role.ADMIN);
  }

  @Test
  void rule_S11_3_all_accounts_are_listed_by_user_name() {
    for (String name : List.of("bob", "ann", "cleo")) {
      access().accounts().add(new AgentAccount(name, name, Optional.empty(), NOW, false));
    }

    assertThat(access().accounts().all())
        .extracting(AgentAccount::username)
        .containsExactly("ann", "bob", "cleo");
  }

  @Test
  void rule_S12_1_a_token_is_found_by_its_hash_expired_or_not() {
    AccessToken token = token("h1", "ann", at(-10));
    access().tokens().add(token);

    assertThat(access().tokens().find("h1")).contains(token);
    assertThat(access().tokens().find("h2")).isEmpty();
    assertThatThrownBy(() -> access().tokens().add(token("h1", "bob", at(10))))
        .isInstanceOf(StoreException.BadData.class);
    assertThat(access().tokens().find("h1")).contains(token);
  }

  @Test
  void rule_S12_2_the_last_use_is_kept_to_the_minute_and_never_goes_back() {
    access().tokens().add(token("h1", "ann", at(1_000)));

    access().tokens().touch("h1", at(125));
    assertThat(lastUse("h1")).isEqualTo(at(120));
    access().tokens().touch("h1", at(5));
    assertThat(lastUse("h1")).isEqualTo(at(120));
    access().tokens().touch("nothing", at(5));
  }

  @Test
  void rule_S12_3_of_two_who_end_a_token_at_once_one_gets_true() throws Exception {
    access().tokens().add(token("h1", "ann", at(10)));

    List<Boolean> answers = atOnce(4, number -> access().tokens().revoke("h1"));

    assertThat(answers).containsOnlyOnce(true);
    assertThat(access().tokens().find("h1")).isEmpty();
  }

  @Test
  void rule_S12_4_all_tokens_of_a_kind_and_subject_are_listed_and_ended_together() {
    access().tokens().add(token("h2", "ann", at(10)));
    access().tokens().add(token("h1", "ann", at(10)));
    access().tokens().add(token("h3", "bob", at(10)));
    access()
        .tokens()
        .add(new AccessToken(
            "h4", AccessToken.Kind.API_TOKEN, "ann", Map.of(), at(-1), NOW, at(10)));

    assertThat(access().tokens().of(AccessToken.Kind.AGENT_SESSION, "ann"))
        .extracting(AccessToken::hash)
        .containsExactly("h1", "h2");
    assertThat(access().tokens().revokeAll(AccessToken.Kind.AGENT_SESSION, "ann"))
        .containsExactlyInAnyOrder("h1", "h2");
    assertThat(access().tokens().of(AccessToken.Kind.AGENT_SESSION, "ann")).isEmpty();
    assertThat(access().tokens().find("h3")).isPresent();
    assertThat(access().tokens().find("h4")).isPresent();
  }

  @Test
  void rule_S12_5_expired_tokens_are_removed() {
    access().tokens().add(token("h1", "ann", at(10)));
    access().tokens().add(token("h2", "ann", at(20)));

    assertThat(access().tokens().removeExpired(at(20))).isEqualTo(1);
    assertThat(access().tokens().find("h1")).isEmpty();
    assertThat(access().tokens().find("h2")).isPresent();
  }

  @Test
  void rule_S12_6_the_attributes_of_a_token_are_replaced_and_nothing_else() {
    AccessToken token = token("h1", "ann", at(10));
    access().tokens().add(token);

    assertThat(access().tokens().describe("h1", Map.of("locale", "es"))).isTrue();
    assertThat(access().tokens().describe("h2", Map.of("locale", "es"))).isFalse();

    assertThat(access().tokens().find("h1"))
        .contains(new AccessToken(
            "h1",
            token.kind(),
            token.subject(),
            Map.of("locale", "es"),
            token.createdAt(),
            token.lastUsedAt(),
            token.expiresAt()));
    assertThat(access().tokens().find("h2")).isEmpty();
  }

  private static AccessToken token(String hash, String subject, Instant expiresAt) {
    return new AccessToken(
        hash,
        AccessToken.Kind.AGENT_SESSION,
        subject,
        Map.of("csrf", "abc", "name", ANY_TEXT),
        NOW,
        NOW,
        expiresAt);
  }

  private Instant lastUse(String hash) {
    return access().tokens().find(hash).orElseThrow().lastUsedAt();
  }

  @Test
  void rule_S13_1_a_saved_reply_is_kept_with_all_its_fields_under_an_id_of_its_own() {
    SavedReply plain = reply(Optional.empty(), "hello", Optional.empty());
    SavedReply macro = reply(
        Optional.of("ann"),
        "done",
        Optional.of(new Macro(
            Optional.of(CaseStatus.PENDING),
            Optional.of(CasePriority.HIGH),
            Set.of("refund", ANY_TEXT.substring(0, 20)),
            Optional.of(new QueueName("vip")),
            Optional.of(ANY_TEXT),
            true)));

    SavedReply first = replies().add(plain).orElseThrow();
    SavedReply second = replies().add(macro).orElseThrow();

    assertThat(first).isEqualTo(plain.stored(first.id(), first.version()));
    assertThat(second).isEqualTo(macro.stored(second.id(), second.version()));
    assertThat(replies().find(first.id())).contains(first);
    assertThat(replies().find(second.id())).contains(second);
    assertThat(replies().remove(second.id())).isTrue();
    assertThat(replies().remove(second.id())).isFalse();
    assertThat(replies().find(second.id())).isEmpty();
    assertThat(replies().add(macro).orElseThrow().id())
        .as("an id is never given again")
        .isGreaterThan(second.id());
  }

  @Test
  void rule_S13_2_an_agent_sees_the_replies_of_the_team_and_their_own_by_shortcut() {
    replies().add(reply(Optional.empty(), "zebra", Optional.empty()));
    replies().add(reply(Optional.of("ann"), "hello", Optional.empty()));
    replies().add(reply(Optional.of("bob"), "secret", Optional.empty()));
    replies().add(reply(Optional.empty(), "apple", Optional.empty()));

    assertThat(replies().of("ann"))
        .extracting(SavedReply::shortcut)
        .containsExactly("apple", "hello", "zebra");
    assertThat(replies().of("bob"))
        .extracting(SavedReply::shortcut)
        .containsExactly("apple", "secret", "zebra");
  }

  @Test
  void rule_S13_3_of_two_changes_of_one_version_the_second_is_refused() {
    SavedReply read =
        replies().add(reply(Optional.empty(), "hello", Optional.empty())).orElseThrow();
    SavedReply changed = new SavedReply(
        read.id(),
        Optional.of("ann"),
        "Other",
        "hi",
        Map.of("es", "Hola"),
        Optional.empty(),
        Optional.empty(),
        read.version());

    assertThat(replies().replace(changed)).isEqualTo(Replaced.STORED);
    SavedReply stored = replies().find(read.id()).orElseThrow();
    assertThat(stored).isEqualTo(changed.stored(read.id(), stored.version()));
    assertThat(stored.version()).isGreaterThan(read.version());
    assertThat(replies().replace(read)).isEqualTo(Replaced.OUTDATED);
    assertThat(replies().find(read.id())).contains(stored);
    replies().remove(read.id());
    assertThat(replies().replace(stored)).isEqualTo(Replaced.OUTDATED);
  }

  @Test
  void rule_S13_4_an_owner_has_a_shortcut_once() throws Exception {
    List<Optional<SavedReply>> added =
        atOnce(4, number -> replies().add(reply(Optional.empty(), "hello", Optional.empty())));
    assertThat(added.stream().filter(Optional::isPresent)).hasSize(1);
    assertThat(replies().add(reply(Optional.of("ann"), "hello", Optional.empty())))
        .isPresent();

    SavedReply other =
        replies().add(reply(Optional.empty(), "other", Optional.empty())).orElseThrow();
    SavedReply renamed =
        reply(Optional.empty(), "hello", Optional.empty()).stored(other.id(), other.version());
    assertThat(replies().replace(renamed)).isEqualTo(Replaced.SHORTCUT_TAKEN);
    assertThat(replies().find(other.id())).contains(other);
  }

  @Test
  void rule_S14_1_an_agent_has_one_draft_about_each_subject() {
    Draft draft = new Draft("ann", "conversation:1", ANY_TEXT, "note", List.of("refunds"), NOW);
    drafts().save(draft);
    drafts().save(new Draft("ann", "case:1", "other", "", List.of(), NOW));
    Draft next = new Draft("ann", "conversation:1", "next", "", List.of(), at(1));

    assertThat(drafts().find("ann", "conversation:1")).contains(draft);
    assertThat(drafts().find("bob", "conversation:1")).isEmpty();
    drafts().save(next);
    assertThat(drafts().find("ann", "conversation:1")).contains(next);
    drafts().remove("ann", "conversation:1");
    drafts().remove("ann", "conversation:1");
    assertThat(drafts().find("ann", "conversation:1")).isEmpty();
    assertThat(drafts().find("ann", "case:1")).isPresent();
  }

  @Test
  void rule_S14_2_old_drafts_and_those_beyond_the_most_are_removed() {
    drafts().save(new Draft("bob", "case:1", "kept", "", List.of(), at(-5)));
    for (int number = 0; number <= Drafts.MOST; number++) {
      drafts().save(new Draft("ann", "case:" + number, "text", "", List.of(), at(number)));
    }
    assertThat(drafts().find("ann", "case:0")).isEmpty();
    assertThat(drafts().find("ann", "case:1")).isPresent();
    assertThat(drafts().find("bob", "case:1")).isPresent();

    assertThat(drafts().removeOlder(at(2))).isEqualTo(2);
    assertThat(drafts().find("ann", "case:1")).isEmpty();
    assertThat(drafts().find("bob", "case:1")).isEmpty();
    assertThat(drafts().find("ann", "case:2")).isPresent();
  }

  @Test
  void rule_S14_3_a_read_mark_never_moves_back() {
    ConversationId read = new ConversationId(1);
    ConversationId unread = new ConversationId(2);

    assertThat(marks().readUpTo("ann", read, new EntryId(5))).isTrue();
    assertThat(marks().readUpTo("ann", read, new EntryId(5))).isFalse();
    assertThat(marks().readUpTo("ann", read, new EntryId(3))).isFalse();
    assertThat(marks().of("ann", List.of(read, unread))).isEqualTo(Map.of(read, new EntryId(5)));
    assertThat(marks().readUpTo("ann", read, new EntryId(7))).isTrue();
    assertThat(marks().of("ann", List.of(read))).isEqualTo(Map.of(read, new EntryId(7)));
    assertThat(marks().of("bob", List.of(read))).isEmpty();
  }

  @Test
  void rule_S14_4_the_settings_of_an_agent_are_replaced_as_a_whole() {
    assertThat(marks().settings("ann")).isEmpty();
    marks().saveSettings("ann", Map.of("sound", "on", "other", ANY_TEXT));
    assertThat(marks().settings("ann")).isEqualTo(Map.of("sound", "on", "other", ANY_TEXT));
    marks().saveSettings("ann", Map.of("sound", "off"));
    assertThat(marks().settings("ann")).isEqualTo(Map.of("sound", "off"));
    assertThat(marks().settings("bob")).isEmpty();
  }

  @Test
  void rule_S14_5_a_view_replaces_the_owners_earlier_one_of_that_name_and_others_do_not_see_it() {
    SavedView mine = view(Optional.of("ann"), "mine", Map.of("queue", ANY_TEXT));
    SavedView shared = view(Optional.empty(), "mine", Map.of());
    SavedView first = views().save(mine).orElseThrow();
    SavedView second = views().save(shared).orElseThrow();
    SavedView changed = view(Optional.of("ann"), "mine", Map.of("list", "open", "tag", "vip"));

    assertThat(first).isEqualTo(mine.withId(first.id()));
    assertThat(views().save(changed)).contains(changed.withId(first.id()));
    assertThat(views().find(first.id())).contains(changed.withId(first.id()));
    assertThat(views().save(view(Optional.of("bob"), "bobs", Map.of()))).isPresent();
    assertThat(views().of("ann")).containsExactlyInAnyOrder(changed.withId(first.id()), second);
    assertThat(views().of("bob")).extracting(SavedView::name).containsExactly("bobs", "mine");
    assertThat(views().remove(first.id())).isTrue();
    assertThat(views().remove(first.id())).isFalse();
    assertThat(views().of("ann")).containsExactly(second);
    assertThat(views().save(mine).orElseThrow().id()).isNotIn(first.id(), second.id());
  }

  @Test
  void rule_S14_6_an_owner_has_at_most_so_many_views() {
    for (int number = 0; number < SavedViews.MOST; number++) {
      assertThat(views().save(view(Optional.of("ann"), "view " + number, Map.of())))
          .isPresent();
    }

    assertThat(views().save(view(Optional.of("ann"), "one more", Map.of()))).isEmpty();
    assertThat(views().of("ann")).hasSize(SavedViews.MOST);
    assertThat(views().save(view(Optional.of("ann"), "view 0", Map.of("list", "open"))))
        .isPresent();
    assertThat(views().save(view(Optional.empty(), "one more", Map.of()))).isPresent();
  }

  private static SavedView view(Optional<String> owner, String name, Map<String, String> filters) {
    return new SavedView(0, owner, name, filters);
  }

  private SavedViews views() {
    return access().workspace().savedViews();
  }

  @Test
  void rule_S16_1_what_a_site_states_of_a_customer_replaces_what_it_stated_before() {
    SiteProfiles profiles = access().workspace().siteProfiles();
    SiteProfile first = new SiteProfile(
        "u-1",
        ANY_TEXT,
        Optional.of("ana@shop.example"),
        List.of(
            new Attribute("plan", Attribute.Type.TEXT, ANY_TEXT),
            new Attribute("orders", Attribute.Type.NUMBER, "12.50"),
            new Attribute("vip", Attribute.Type.FLAG, "true")),
        NOW);
    SiteProfile next = new SiteProfile("u-1", ANY_TEXT, Optional.empty(), List.of(), at(1));

    assertThat(profiles.find("u-1")).isEmpty();
    profiles.save(first);
    assertThat(profiles.find("u-1")).contains(first);
    assertThat(profiles.find("u-2")).isEmpty();
    profiles.save(next);
    assertThat(profiles.find("u-1")).contains(next);
  }

  @Test
  void rule_S16_3_what_sites_have_not_stated_for_long_can_be_removed() {
    SiteProfiles profiles = access().workspace().siteProfiles();
    for (int number = 0; number < 4; number++) {
      profiles.save(
          new SiteProfile("u-" + number, "subject", Optional.empty(), List.of(), at(number)));
    }

    assertThat(profiles.removeStatedBefore(at(2))).isEqualTo(2);
    assertThat(profiles.removeStatedBefore(at(2))).isZero();

    assertThat(profiles.find("u-0")).isEmpty();
    assertThat(profiles.find("u-1")).isEmpty();
    assertThat(profiles.find("u-2")).isPresent();
  }

  @Test
  void rule_S16_2_the_picture_of_an_agent_is_found_by_its_id_until_it_is_replaced_or_removed() {
    AgentPictures pictures = access().workspace().agentPictures();
    Picture first = picture(1);
    Picture next = picture(2);

    assertThat(pictures.ids()).isEmpty();
    assertThat(pictures.remove("ana")).isFalse();
    pictures.save("ana", first);
    pictures.save("ben", first);
    assertThat(pictures.ids()).isEqualTo(Map.of("ana", first.id(), "ben", first.id()));
    assertThat(pictures.find(first.id())).contains(first);
    assertThat(pictures.find(next.id())).isEmpty();
    pictures.save("ana", next);
    assertThat(pictures.ids()).isEqualTo(Map.of("ana", next.id(), "ben", first.id()));
    assertThat(pictures.find(next.id())).contains(next);
    assertThat(pictures.remove("ben")).isTrue();
    assertThat(pictures.ids()).isEqualTo(Map.of("ana", next.id()));
    assertThat(pictures.find(first.id())).isEmpty();
  }

  /** The beginning of a PNG of that many pixels: stores keep pictures and do not draw them. */
  private static Picture picture(int edge) {
    return Picture.of(ByteBuffer.allocate(40)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(new byte[] {'I', 'H', 'D', 'R'})
        .putInt(edge)
        .putInt(edge)
        .array());
  }

  private static SavedReply reply(Optional<String> owner, String shortcut, Optional<Macro> macro) {
    return new SavedReply(
        0,
        owner,
        "Name",
        shortcut,
        Map.of("en", ANY_TEXT, "es", "Hola {customer.name}"),
        Optional.of(new QueueName("vip")),
        macro,
        0);
  }

  private SavedReplies replies() {
    return access().workspace().savedReplies();
  }

  private Drafts drafts() {
    return access().workspace().drafts();
  }

  private ReadMarks marks() {
    return access().workspace().readMarks();
  }
}
