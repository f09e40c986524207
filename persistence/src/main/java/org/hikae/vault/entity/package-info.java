/** What the vault said happened. */
@NullMarked
package org.hikae.vault.entity;

import org.jspecify.annotations.NullMarked;
