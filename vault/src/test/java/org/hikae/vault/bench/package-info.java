/** What {@code ./bench vault} measures, and the load that it makes; no test. */
@NullMarked
package org.hikae.vault.bench;

import org.jspecify.annotations.NullMarked;
