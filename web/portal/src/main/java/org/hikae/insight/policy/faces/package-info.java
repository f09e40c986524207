/** What holds for an employee, and how it differs from what holds for another one. */
@NullMarked
package org.hikae.insight.policy.faces;

import org.jspecify.annotations.NullMarked;
