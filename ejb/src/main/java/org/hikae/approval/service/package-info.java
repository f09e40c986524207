/**
 * Lets capabilities ask for a second administrator and decides in short transactions. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.approval.service;

import org.jspecify.annotations.NullMarked;
