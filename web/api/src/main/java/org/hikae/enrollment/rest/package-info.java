/** Consent, opting in, devices with their sessions, and the protections of the key. */
@NullMarked
package org.hikae.enrollment.rest;

import org.jspecify.annotations.NullMarked;
