/** What is told of the vault. Knows no entity, store or bean. */
@NullMarked
package org.hikae.vault.view;

import org.jspecify.annotations.NullMarked;
