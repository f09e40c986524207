/** What the portal asks the vault by itself. */
@NullMarked
package org.hikae.vault.timer;

import org.jspecify.annotations.NullMarked;
