/** What devices of an employee tell each other while K goes from one to the other. */
@NullMarked
package org.hikae.enrollment.transfer.rest;

import org.jspecify.annotations.NullMarked;
