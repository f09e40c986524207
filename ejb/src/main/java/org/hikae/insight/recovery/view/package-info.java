/** How many people could recover, as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.insight.recovery.view;

import org.jspecify.annotations.NullMarked;
