/**
 * Signs receipts of erasures, reads erasures, and lifts legal holds once approved. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.lifecycle.service;

import org.jspecify.annotations.NullMarked;
