/** Writes monthly reports as PDF and CSV. Pure: knows no entity, store or bean. */
@NullMarked
package org.hikae.insight.report.control;

import org.jspecify.annotations.NullMarked;
