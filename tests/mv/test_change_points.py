"""Change points: the least sum of squares is compared with a fine search by brute force, and known shapes come back."""

import itertools

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models import change_point_pairs
from energycalc.mv.models.change_point_pairs import two_change_points
from energycalc.mv.models.change_points import one_change_point


def rss(columns: list[np.ndarray], y: np.ndarray) -> float:
    design = np.column_stack(columns)
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return float(left @ left)


def data(seed: int, n: int = 24, noise: float = 8.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Temperature, energy, and a base of a constant and production."""
    draw = np.random.default_rng(seed)
    t, tonnes = draw.uniform(0, 35, n), draw.uniform(50, 90, n)
    y = 100 + 0.4 * tonnes + 3 * np.maximum(12 - t, 0) + 5 * np.maximum(t - 22, 0) + draw.normal(0, noise, n)
    return t, y, np.column_stack([np.ones(n), tonnes])


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("noise", [2.0, 30.0])
def test_one_change_point_is_the_minimum(seed: int, noise: float) -> None:
    t, y, base = data(seed, noise=noise)
    found = one_change_point(t, y, base, 3)
    assert found is not None
    (c,) = found.change_points
    assert found.residual_sum_of_squares == pytest.approx(rss([*base.T, np.maximum(t - c, 0)], y), rel=1e-9)
    grid = np.linspace(np.sort(t)[2], np.sort(t)[-3], 2001)
    best = min(rss([*base.T, np.maximum(t - g, 0)], y) for g in grid)
    assert found.residual_sum_of_squares <= best * (1 + 1e-9)
    assert np.count_nonzero(t >= c) >= 3 and np.count_nonzero(t <= c) >= 3


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("noise", [2.0, 30.0])
def test_two_change_points_are_the_minimum(seed: int, noise: float) -> None:
    t, y, base = data(seed, noise=noise)
    found = two_change_points(t, y, base, 3)
    assert found is not None
    low, high = found.change_points
    columns = [*base.T, np.maximum(low - t, 0), np.maximum(t - high, 0)]
    assert found.residual_sum_of_squares == pytest.approx(rss(columns, y), rel=1e-8)
    for a, b in itertools.combinations(np.unique([*t, *np.linspace(t.min(), t.max(), 40)]), 2):
        if min(np.count_nonzero(t <= a), np.count_nonzero(t >= b), np.count_nonzero((t >= a) & (t <= b))) >= 3:
            assert found.residual_sum_of_squares <= rss([*base.T, np.maximum(a - t, 0), np.maximum(t - b, 0)], y) * (
                1 + 1e-9
            )


@pytest.mark.parametrize("seed", range(4))
def test_slopes_of_the_right_sign(seed: int) -> None:
    t, y, base = data(seed, noise=60)
    found = two_change_points(t, y, base, 3, positive_slopes=True)
    if found is None:
        return
    low, high = found.change_points
    design = np.column_stack([base, np.maximum(low - t, 0), np.maximum(t - high, 0)])
    slopes = np.linalg.lstsq(design, y, rcond=None)[0][-2:]
    assert (slopes > 0).all()


def test_without_noise_the_true_points_come_back() -> None:
    t, y, base = data(1, n=60, noise=0)
    found = two_change_points(t, y, base, 3)
    assert found is not None
    assert found.change_points == pytest.approx((12, 22), abs=1e-6)


def test_equal_temperatures_are_no_gap() -> None:
    t = np.repeat([5.0, 10, 15, 20, 25, 30], 6)
    y = 50 + 4 * np.maximum(t - 17, 0) + np.tile([-1.0, 1], 18)
    found = one_change_point(t, y, np.ones((36, 1)), 3)
    assert found is not None and 15 <= found.change_points[0] <= 20


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_units_do_not_matter(scale: float) -> None:
    t, y, base = data(3)
    one, other = two_change_points(t, y, base, 3), two_change_points(1.8 * t + 32, y * scale, base, 3)
    assert one is not None and other is not None
    np.testing.assert_allclose((np.array(other.change_points) - 32) / 1.8, one.change_points, rtol=1e-7)


def test_many_temperatures_by_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    t, y, base = data(5, n=300)
    exact = two_change_points(t, y, base, 10)
    monkeypatch.setattr(change_point_pairs, "LARGEST_EXACT", 100)
    by_turns = two_change_points(t, y, base, 10)
    assert exact is not None and by_turns is not None
    assert by_turns.residual_sum_of_squares <= exact.residual_sum_of_squares * (1 + 1e-3)
    assert by_turns.residual_sum_of_squares >= exact.residual_sum_of_squares * (1 - 1e-9)


def test_nothing_is_found_where_nothing_can_be() -> None:
    t, y, base = data(2, n=8)
    assert one_change_point(t, y, base, 5) is None
    assert two_change_points(t, y, base, 4) is None
    assert one_change_point(np.full(8, 20.0), y, base, 1) is None
    falling = 100 - 3 * t
    assert one_change_point(t, falling, np.ones((8, 1)), 2, lambda _, slope: slope > 0) is None


def test_columns_that_hang_together_are_refused() -> None:
    t, y, base = data(2)
    with pytest.raises(InputError, match="hang together"):
        one_change_point(t, y, np.column_stack([base, base[:, 1] * 2]), 3)
