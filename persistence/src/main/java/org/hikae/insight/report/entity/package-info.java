/** Monthly reports and who gets them, as JPA entities. Knows no store. */
@NullMarked
package org.hikae.insight.report.entity;

import org.jspecify.annotations.NullMarked;
