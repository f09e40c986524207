/** Receipts of the vault, and which devices it answers, as JPA entities. Knows no store. */
@NullMarked
package org.hikae.vault.entity;

import org.jspecify.annotations.NullMarked;
