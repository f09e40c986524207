/** Monthly reports over REST. */
@NullMarked
package org.hikae.insight.report.rest;

import org.jspecify.annotations.NullMarked;
