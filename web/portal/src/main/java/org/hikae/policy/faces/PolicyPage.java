package org.hikae.policy.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.PolicyEditConflict;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.policy.view.PolicyPreview;
import org.hikae.policy.view.PolicyScopeView;
import org.hikae.policy.view.PolicyTemplateView;
import org.hikae.policy.view.PreviewPolicy;
import org.hikae.policy.view.PutPolicy;
import org.hikae.policy.view.PutPolicyResult;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** One policy: what it sets, what is inherited, and changing it after a look at what that does. */
@Named
@ViewScoped
public class PolicyPage implements Serializable {

  private static final String BUNDLE = "pol";

  @Inject private PolicyQueries queries;
  @Inject private PolicyCommands commands;
  @Inject private Banner banner;

  private @Nullable String scope;
  private long version;
  private @Nullable Integer rank;
  private @Nullable Integer standingRank;
  private boolean rankProposed;
  private @Nullable String typed;
  private @Nullable String reason;
  private List<PolicyField> fields = List.of();
  private Map<String, Object> standing = Map.of();
  private Map<String, EffectivePolicy.Value> inherited = Map.of();
  private @Nullable PolicyPreview preview;
  private @Nullable PolicyEditConflict conflict;

  /**
   * A part of the form.
   *
   * @param name what it is about
   * @param fields its values
   * @param filled how many of them are filled in
   * @param open whether they are to be seen at once
   */
  public record Part(String name, List<PolicyField> fields, long filled, boolean open) {}

  /** Reads the policy named in the address; one that cannot be is a missing page. */
  public void load() throws IOException {
    try {
      if (scope != null) {
        read(scope);
        return;
      }
    } catch (Refusal refusal) {
      // The scope has no form of one, or nobody has that number.
      fields = List.of();
    }
    NotFoundAnswer.send("No such policy");
  }

  private void read(String of) {
    Map<String, EffectivePolicy.Value> others = new HashMap<>();
    queries.inherited(of).forEach(value -> others.put(value.name(), value));
    inherited = others;
    preview = null;
    conflict = null;
    typed = null;
    reason = null;
    try {
      PolicyScopeView view = queries.scope(of, null, new PageRequest(1));
      version = view.version();
      rank = view.rank();
      standing = view.versions().isEmpty() ? Map.of() : view.versions().getFirst().values();
    } catch (Refusal refusal) {
      if (refusal.code() != ProblemCode.NOT_FOUND) {
        throw refusal;
      }
      version = 0;
      rank = null;
      standing = Map.of();
    }
    standingRank = rank;
    proposeRank(of);
    fields = fields(standing);
  }

  private void proposeRank(String of) {
    rankProposed = false;
    if (rank == null && isGroup()) {
      queries
          .freeRank(of)
          .ifPresent(
              free -> {
                rank = free;
                rankProposed = true;
              });
    }
  }

  private List<PolicyField> fields(Map<String, Object> values) {
    List<PolicyField> filled = new ArrayList<>();
    for (PolicyKeyView key : queries.keys()) {
      filled.add(new PolicyField(key, values.get(key.name())));
    }
    return filled;
  }

  /** Looks at what the filled-in values would do; saves nothing. */
  public void review() {
    preview = null;
    boolean readable = true;
    for (PolicyField field : fields) {
      readable &= field.check();
    }
    Map<String, @Nullable Object> values = readable ? values() : Map.of();
    if (!readable) {
      banner.warn(BUNDLE, "fault.fields");
    } else if (isGroup() && !values.isEmpty() && rank == null) {
      banner.warn(BUNDLE, "fault.rank");
    } else {
      look(values);
    }
  }

  private void look(Map<String, @Nullable Object> values) {
    try {
      preview = commands.preview(new PreviewPolicy(String.valueOf(scope), rank(values), values));
    } catch (Refusal refusal) {
      if (refusal.code() == ProblemCode.CONFLICT) {
        banner.warn(BUNDLE, "fault.rankTaken");
      } else {
        banner.show(refusal);
      }
    }
  }

  private Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (PolicyField field : fields) {
      Object value = field.value();
      if (value != null) {
        values.put(field.getName(), value);
      }
    }
    return values;
  }

  /** Only a group that sets something has a rank. */
  private @Nullable Integer rank(Map<String, @Nullable Object> values) {
    return isGroup() && !values.isEmpty() ? rank : null;
  }

  /** Fills in what a template proposes; nothing is saved, and the rest stays as it is filled in. */
  public void fill(String template) {
    for (PolicyTemplateView known : queries.templates()) {
      if (known.name().equals(template)) {
        fields.stream()
            .filter(field -> known.values().containsKey(field.getName()))
            .forEach(
                field -> field.propose(template, known.values().getOrDefault(field.getName(), "")));
        banner.say(BUNDLE, "template.filled");
      }
    }
  }

  /** Looks at what setting nothing would do. */
  public void clear() {
    fields.forEach(PolicyField::clear);
    review();
  }

  /** Goes back to the form. */
  public void back() {
    preview = null;
  }

  /** Saves what was looked at, or asks a second administrator for it. */
  public @Nullable String save() {
    PolicyPreview seen = preview;
    String word = typed == null ? "" : typed.strip();
    if (seen == null || (seen.confirm() != null && !seen.confirm().equals(word))) {
      banner.warn(BUNDLE, "confirm.wrong");
      return null;
    }
    String why = reason == null ? "" : reason.strip();
    if (seen.needsApproval() && why.isEmpty()) {
      banner.warn(BUNDLE, "fault.reason");
      return null;
    }
    String of = String.valueOf(scope);
    Map<String, @Nullable Object> values = values();
    try {
      PutPolicyResult put =
          commands.put(
              of,
              new PutPolicy(
                  version, rank(values), values, seen.confirm(), why.isEmpty() ? null : why));
      banner.say(BUNDLE, put instanceof PutPolicyResult.Waits ? "done.waits" : "done.saved");
      return "/admin/policy?faces-redirect=true&of="
          + URLEncoder.encode(of, StandardCharsets.UTF_8);
    } catch (Refusal refusal) {
      preview = null;
      if (refusal.details() instanceof PolicyEditConflict edited) {
        conflict = edited;
      } else {
        banner.show(refusal);
      }
      return null;
    }
  }

  /** Goes on with one's own values, over what stands now. */
  public void keepMine() {
    PolicyEditConflict edited = conflict;
    if (edited != null) {
      version = edited.current().version();
      standing = edited.current().values();
      conflict = null;
      review();
    }
  }

  /** What the filled-in values change of what stands. */
  public List<PolicyDiff.Change> getChanges() {
    return PolicyDiff.between(standing, values());
  }

  /** Where what stands and one's own values differ, after somebody else was faster. */
  public List<PolicyDiff.Change> getDifferences() {
    PolicyEditConflict edited = conflict;
    return edited == null
        ? List.of()
        : PolicyDiff.between(edited.current().values(), edited.yours());
  }

  /** The form, part by part. */
  public List<Part> getParts() {
    Map<String, PolicyField> named = new HashMap<>();
    fields.forEach(field -> named.put(field.getName(), field));
    boolean empty = fields.stream().noneMatch(PolicyField::isFilled);
    return Arrays.stream(PolicySection.values())
        .map(section -> part(section, named, empty && section == PolicySection.CONTENT))
        .toList();
  }

  private static Part part(PolicySection section, Map<String, PolicyField> named, boolean first) {
    List<PolicyField> own =
        section.keys().stream()
            .flatMap(key -> Optional.ofNullable(named.get(key)).stream())
            .toList();
    long filled = own.stream().filter(PolicyField::isFilled).count();
    boolean faulty = own.stream().anyMatch(PolicyField::isFaulty);
    return new Part(section.part(), own, filled, first || filled > 0 || faulty);
  }

  /** What a policy can begin with. */
  public List<PolicyTemplateView> getTemplates() {
    return queries.templates();
  }

  /** Whether what was looked at is another policy than the one that stands. */
  public boolean isChanged() {
    return !getChanges().isEmpty() || isRankChanged();
  }

  /** Whether saving would give another rank. */
  public boolean isRankChanged() {
    return !Objects.equals(rank(values()), standingRank);
  }

  /** The rank that stands; null when there is none yet. */
  public @Nullable Integer getStandingRank() {
    return standingRank;
  }

  /** The rank that saving would give; null when there is none any more. */
  public @Nullable Integer getNextRank() {
    return rank(values());
  }

  /** What a flag can be. */
  public List<String> getFlags() {
    return List.of("true", "false");
  }

  /** What holds where this policy sets nothing. */
  public EffectivePolicy.@Nullable Value inherited(String name) {
    return inherited.get(name);
  }

  /** What would happen; null before it was looked at. */
  public @Nullable PolicyPreview getPreview() {
    return preview;
  }

  /** Two edits of one policy; null when nobody was faster. */
  public @Nullable PolicyEditConflict getConflict() {
    return conflict;
  }

  /** Whether it is a group's. */
  public boolean isGroup() {
    return scope != null && scope.startsWith("group/");
  }

  /** Number of the version that the form began with; 0 when there was none. */
  public long getVersion() {
    return version;
  }

  /** Whom it is for. */
  public @Nullable String getScope() {
    return scope;
  }

  /** Sets whom it is for, from the address. */
  public void setScope(@Nullable String scope) {
    this.scope = scope;
  }

  /** Of two groups of a person the one with the lower rank decides. */
  public @Nullable Integer getRank() {
    return rank;
  }

  /** Sets the rank. */
  public void setRank(@Nullable Integer rank) {
    this.rank = rank;
  }

  /** Whether the rank is only proposed: nobody has it. */
  public boolean isRankProposed() {
    return rankProposed;
  }

  /** Why, for the second administrator. */
  public @Nullable String getReason() {
    return reason;
  }

  /** Takes the reason. */
  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** The word that was typed to confirm. */
  public @Nullable String getTyped() {
    return typed;
  }

  /** Takes the word that was typed to confirm. */
  public void setTyped(@Nullable String typed) {
    this.typed = typed;
  }
}
