package org.hikae.identity.entity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.hikae.identity.value.EmployeeState;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/**
 * An employee: (issuer, subject), for ever. Name, mail, state and groups are copies that each sync
 * or sign-in may change; none of them ever identifies anybody, because Keycloak hands user names to
 * new accounts.
 */
@Entity
@Table(name = "employee")
public class Employee {

  /** Longest user name, display name or mail that is kept; longer ones are cut. */
  public static final int MAX_NAME_CHARS = 255;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "employee_id")
  private Long employeeId;

  @Column(name = "issuer", updatable = false)
  private String issuer;

  @Column(name = "subject", updatable = false)
  private String subject;

  @Column(name = "username")
  private String username;

  @Column(name = "display_name")
  private String displayName;

  @Column(name = "email")
  private @Nullable String email;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private EmployeeState state;

  @Column(name = "first_seen_at", updatable = false)
  private Instant firstSeenAt;

  @Column(name = "synced_at")
  private @Nullable Instant syncedAt;

  @Column(name = "left_at")
  private @Nullable Instant leftAt;

  @ElementCollection(fetch = FetchType.LAZY)
  @CollectionTable(name = "employee_group", joinColumns = @JoinColumn(name = "employee_id"))
  @Column(name = "group_path")
  private Set<String> groups = new HashSet<>();

  /** For the persistence provider. */
  protected Employee() {}

  /** A person seen for the first time; enabled until a sync says otherwise. */
  public Employee(String issuer, String subject, Instant firstSeenAt) {
    this.issuer = issuer;
    this.subject = subject;
    this.username = subject;
    this.displayName = subject;
    this.state = EmployeeState.ENABLED;
    this.firstSeenAt = firstSeenAt;
  }

  /** Takes over the names that Keycloak has now. */
  public void rename(String newUsername, String newDisplayName, @Nullable String newEmail) {
    username = cut(newUsername);
    displayName = cut(newDisplayName);
    email = newEmail == null ? null : cut(newEmail);
  }

  /** Whether they have these names already. */
  public boolean isCalled(String aUsername, String aDisplayName, @Nullable String anEmail) {
    return username.equals(cut(aUsername))
        && displayName.equals(cut(aDisplayName))
        && Objects.equals(email, anEmail == null ? null : cut(anEmail));
  }

  /** Takes over what a sync found. */
  public void synced(EmployeeState newState, Set<String> newGroups, Instant at) {
    become(newState, at);
    if (!groups.equals(newGroups)) {
      groups.retainAll(newGroups);
      groups.addAll(newGroups);
    }
    syncedAt = at;
  }

  /** The account is disabled or no longer at Keycloak; the groups stay as they were. */
  public void leave(EmployeeState newState, Instant at) {
    become(newState, at);
    syncedAt = at;
  }

  private void become(EmployeeState newState, Instant at) {
    state = newState;
    if (newState == EmployeeState.ENABLED) {
      leftAt = null;
    } else if (leftAt == null) {
      leftAt = at;
    }
  }

  /** Internal id; means nothing outside the portal. */
  public long employeeId() {
    return employeeId;
  }

  /** The realm. */
  public String issuer() {
    return issuer;
  }

  /** {@code sub} in that realm. */
  public String subject() {
    return subject;
  }

  /** User name at the last look; never an identity. */
  public String username() {
    return username;
  }

  /** Name for people. */
  public String displayName() {
    return displayName;
  }

  /** Mail address, if Keycloak has one. */
  public @Nullable String email() {
    return email;
  }

  /** Whether they may act. */
  public EmployeeState state() {
    return state;
  }

  /** Group paths, such as {@code /sales}. */
  public Set<String> groups() {
    return Set.copyOf(groups);
  }

  /** Since when the account has been disabled or gone; null while it is enabled. */
  public @Nullable Instant leftAt() {
    return leftAt;
  }

  /** When a sync last learnt something about them; null when none has. */
  public @Nullable Instant syncedAt() {
    return syncedAt;
  }

  private static String cut(String text) {
    return TextTruncation.to(text, MAX_NAME_CHARS);
  }
}
