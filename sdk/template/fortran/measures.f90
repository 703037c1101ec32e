! SPDX-License-Identifier: MIT
!
! Measures of this analysis; the C beside this file declares and calls them.
module measures
  use, intrinsic :: iso_c_binding, only: c_double, c_int64_t
  implicit none
contains

  ! The mean of |x - centre|. x is n > 0 observations.
  pure function mean_deviation(x, n, centre) result(deviation) bind(c)
    integer(c_int64_t), intent(in), value :: n
    real(c_double), intent(in) :: x(n)
    real(c_double), intent(in), value :: centre
    real(c_double) :: deviation

    deviation = sum(abs(x - centre)) / real(n, c_double)
  end function mean_deviation

end module measures
