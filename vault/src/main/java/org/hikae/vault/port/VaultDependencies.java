package org.hikae.vault.port;

import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the vault stands on.
 *
 * @param root its keys
 * @param anchor how far its ledger has come, outside the store
 * @param witness where the ledger is kept a second time, or null
 * @param epochs the keys it seals records with
 * @param store its records
 * @param tokens its check of callers
 * @param clock the host's clock
 * @param uptime what passes whatever the clock is set to
 * @param random its dice
 */
public record VaultDependencies(
    RootKey root,
    LedgerAnchor anchor,
    @Nullable LedgerWitness witness,
    EpochKeys epochs,
    VaultStore store,
    TokenVerifier tokens,
    Clock clock,
    MonotonicClock uptime,
    SecureRandom random) {}
