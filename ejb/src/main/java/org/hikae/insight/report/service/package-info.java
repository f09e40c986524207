/**
 * Counts what a monthly report says, reads those that are kept, and gives their files to mails.
 * Calls no boundary and no job.
 */
@NullMarked
package org.hikae.insight.report.service;

import org.jspecify.annotations.NullMarked;
