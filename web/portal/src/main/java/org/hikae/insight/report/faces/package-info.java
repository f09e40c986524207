/**
 * The page of monthly reports: those that are kept, a preview, and who gets them by mail. Knows no
 * entity, store or REST resource.
 */
@NullMarked
package org.hikae.insight.report.faces;

import org.jspecify.annotations.NullMarked;
