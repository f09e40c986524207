/**
 * What the vault says to the person and what the owner orders it: freeze, unfreeze, veto, receipts.
 * It knows no backup and no restore.
 */
@NullMarked
package org.hikae.device.cli.vault;

import org.jspecify.annotations.NullMarked;
