/** Consent, devices with their keys and sessions, sets and the wraps of their keys. */
@NullMarked
package org.hikae.enrollment.entity;

import org.jspecify.annotations.NullMarked;
