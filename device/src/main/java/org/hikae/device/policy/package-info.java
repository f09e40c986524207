/** The company's policy as this device follows it: checked, bounded, and told to its person. */
@NullMarked
package org.hikae.device.policy;

import org.jspecify.annotations.NullMarked;
