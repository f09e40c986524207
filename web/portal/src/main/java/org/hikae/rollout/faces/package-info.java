/** The pages that offer the backup: to departments, and wave after wave. */
@NullMarked
package org.hikae.rollout.faces;

import org.jspecify.annotations.NullMarked;
