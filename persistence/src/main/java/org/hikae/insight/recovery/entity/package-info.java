/** How many people could recover day by day, as JPA entities. Knows no store. */
@NullMarked
package org.hikae.insight.recovery.entity;

import org.jspecify.annotations.NullMarked;
