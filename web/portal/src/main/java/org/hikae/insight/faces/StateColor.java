package org.hikae.insight.faces;

import java.util.Locale;
import org.hikae.approval.value.ApprovalState;
import org.hikae.backup.view.RetentionPreview.Tonight;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.enrollment.view.ResticCredentialState;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.system.view.ColumnKind;
import org.hikae.insight.system.view.SystemJobState;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.RunState;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.wire.NoticeKind.Severity;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.view.WaveState;
import org.hikae.vault.view.VaultStatus;

/**
 * The colour that goes with a state's word; never the only sign of it. A new constant of a state
 * needs its colour here before this compiles.
 */
public enum StateColor {
  /** As it should be. */
  GOOD,
  /** Deserves a look. */
  WARN,
  /** Wrong. */
  BAD,
  /** Neither. */
  PLAIN;

  /** The colour of a state; refused for what is none. */
  public static StateColor of(Enum<?> state) {
    return switch (state) {
      case OptInState one -> of(one);
      case DeviceState one -> of(one);
      case RunState one -> of(one);
      case BackupVerdictState one -> of(one);
      case EmployeeState one -> of(one);
      case ErasureState one -> of(one);
      case ReleaseState one -> of(one);
      case ResticCredentialState one -> of(one);
      case ApprovalState one -> of(one);
      case CampaignState one -> of(one);
      case WaveState one -> of(one);
      case DeliveryState one -> of(one);
      case Severity one -> of(one);
      case VaultStatus one -> of(one);
      case ColumnKind one -> of(one);
      case SystemJobState one -> of(one);
      case Tonight _ -> PLAIN;
      default ->
          throw new IllegalArgumentException(
              state.getDeclaringClass().getName() + " is no state that has colours");
    };
  }

  private static StateColor of(OptInState state) {
    return switch (state) {
      case OPTED_IN -> GOOD;
      case PENDING -> WARN;
      case NOT_OPTED_IN, WITHDRAWN -> PLAIN;
    };
  }

  private static StateColor of(DeviceState state) {
    return switch (state) {
      case ACTIVE -> GOOD;
      case PAUSED -> WARN;
      case REVOKED -> PLAIN;
    };
  }

  private static StateColor of(RunState state) {
    return switch (state) {
      case RUNNING -> PLAIN;
      case SUCCESS -> GOOD;
      case STALE, PARTIAL, CANCELLED, NETWORK -> WARN;
      case REFUSED, CORRUPT, LOCKED, LOCAL, INTERNAL -> BAD;
    };
  }

  private static StateColor of(BackupVerdictState state) {
    return switch (state) {
      case PROTECTED -> GOOD;
      case UNFINISHED, PARTLY, FIRST_WAITS -> WARN;
      case CONSENT_PAUSED, PASSWORD_LOST, NO_DEVICE, DEVICE_PAUSED, MISSED, NEVER, FAILED -> BAD;
      case NOT_OFFERED, NOT_SET_UP, OPTED_OUT -> PLAIN;
    };
  }

  private static StateColor of(EmployeeState state) {
    return switch (state) {
      case ENABLED -> GOOD;
      case DISABLED -> WARN;
      case GONE -> PLAIN;
    };
  }

  private static StateColor of(ErasureState state) {
    return switch (state) {
      case WAITING, ERASING -> WARN;
      case TAKEN_BACK, ERASED -> PLAIN;
    };
  }

  private static StateColor of(ReleaseState state) {
    return switch (state) {
      case WAITING -> WARN;
      case HELD, KEPT, REMOVED -> PLAIN;
    };
  }

  private static StateColor of(ResticCredentialState state) {
    return switch (state) {
      case ACTIVE -> GOOD;
      case EXPIRED, REVOKED -> PLAIN;
    };
  }

  private static StateColor of(ApprovalState state) {
    return switch (state) {
      case APPROVED -> GOOD;
      case PENDING, REJECTED, WITHDRAWN, EXPIRED -> PLAIN;
    };
  }

  private static StateColor of(CampaignState state) {
    return switch (state) {
      case RUNNING -> GOOD;
      case PAUSED -> WARN;
      case HALTED -> BAD;
      case DRAFT, COMPLETED, CANCELLED -> PLAIN;
    };
  }

  private static StateColor of(WaveState state) {
    return switch (state) {
      case INVITED -> GOOD;
      case INVITING -> WARN;
      case WAITING -> PLAIN;
    };
  }

  private static StateColor of(DeliveryState state) {
    return switch (state) {
      case SENT -> GOOD;
      case WAITING -> WARN;
      case FAILED -> BAD;
    };
  }

  private static StateColor of(Severity severity) {
    return switch (severity) {
      case INFO -> PLAIN;
      case WARNING -> WARN;
      case CRITICAL -> BAD;
    };
  }

  private static StateColor of(VaultStatus state) {
    return switch (state) {
      case UP -> GOOD;
      case DOWN -> BAD;
      case NONE -> PLAIN;
    };
  }

  private static StateColor of(ColumnKind kind) {
    return switch (kind) {
      case CIPHERTEXT, HASH -> GOOD;
      case PERSONAL -> WARN;
      case PLAIN -> PLAIN;
      case UNDESCRIBED -> BAD;
    };
  }

  private static StateColor of(SystemJobState state) {
    return switch (state) {
      case FAILED -> BAD;
      case RUNNING, IDLE, NEVER -> PLAIN;
    };
  }

  /** As the style sheets call it. */
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
