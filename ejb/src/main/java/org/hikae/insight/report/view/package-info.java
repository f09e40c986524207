/** Monthly reports, their files and who gets them, as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.insight.report.view;

import org.jspecify.annotations.NullMarked;
