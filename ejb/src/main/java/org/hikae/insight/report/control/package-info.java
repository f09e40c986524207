/**
 * Writes monthly reports as PDF and CSV, and puts small departments together. Pure: knows no
 * entity, store or bean.
 */
@NullMarked
package org.hikae.insight.report.control;

import org.jspecify.annotations.NullMarked;
