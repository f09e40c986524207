/** What the company has decided for an employee, and who may decide it. */
@NullMarked
package org.hikae.policy.boundary;

import org.jspecify.annotations.NullMarked;
