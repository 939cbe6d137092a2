"""Pure parts of the trainers against independent references: python -m unittest discover models/tests"""

import sys
import unittest
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "models" / "training")]

from common import Schedule  # noqa: E402
from generator import TIMESTEPS, cumulative_alphas  # noqa: E402
from grounding import grounding_loss, object_cells  # noqa: E402
from perception_prompts import Prompts, inside_point, jittered_box  # noqa: E402
from perception_train_scene import assign, names_of, overlap  # noqa: E402
from sampling import align  # noqa: E402
from train_tokenizer import encode, load  # noqa: E402


class NoiseSchedule(unittest.TestCase):
    def test_is_diffusers_cosine_schedule(self):
        from diffusers import DDIMScheduler

        reference = DDIMScheduler(num_train_timesteps=TIMESTEPS, beta_schedule="squaredcos_cap_v2").alphas_cumprod
        torch.testing.assert_close(cumulative_alphas().float(), reference.float(), atol=2e-4, rtol=0)

    def test_learning_rate_warms_up_and_falls(self):
        schedule = Schedule(1.0, steps=100, warmup=10)
        rates = []
        for schedule.step in range(100):
            rates.append(schedule.rate())
        self.assertLess(rates[0], 0.11)
        self.assertAlmostEqual(max(rates), 1.0, delta=0.05)
        self.assertLess(rates[-1], 0.03)

    def test_wants_one_kind_of_end(self):
        with self.assertRaises(ValueError):
            Schedule(1.0)


class Words(unittest.TestCase):
    tokenizer = load(ROOT / "models" / "storybook" / "tokenizer")

    def test_tokens_decode_to_the_caption(self):
        caption = "a red car under a snowy tree, at dusk"
        ids = encode(self.tokenizer, [caption])[0]
        self.assertEqual(tuple(ids.shape), (77,))
        self.assertEqual(self.tokenizer.decode(ids, skip_special_tokens=True).replace(" ,", ","), caption)

    def test_alignment_keeps_shared_tokens_and_marks_new_ones(self):
        self.assertEqual(align([1, 5, 6, 2], [1, 5, 9, 6, 2]), [0, 1, -1, 2, 3])
        self.assertEqual(align([1, 5, 6, 2], [1, 5, 7, 2]), [0, 1, -1, 3])

    def test_an_object_answers_to_its_descriptions(self):
        thing = {"noun": "car", "colour": "red", "pattern": "spotted", "material": None}
        self.assertEqual(names_of(thing), ["car", "red car", "red spotted car", "spotted car"])


class Boxes(unittest.TestCase):
    def test_overlap_by_hand(self):
        a = torch.tensor([[0.0, 0, 2, 2], [0, 0, 1, 1]])
        b = torch.tensor([[1.0, 1, 3, 3], [2, 2, 3, 3]])
        iou, generalised = overlap(a, b)
        torch.testing.assert_close(iou, torch.tensor([1 / 7, 0.0]), atol=1e-5, rtol=0)
        torch.testing.assert_close(generalised, torch.tensor([1 / 7 - 2 / 9, -7 / 9]), atol=1e-5, rtol=0)

    def test_a_cell_belongs_to_the_smallest_object(self):
        cells = assign([{"box": [0, 0, 256, 256]}, {"box": [112, 112, 32, 32]}], 256).reshape(32, 32)
        self.assertEqual(cells[16, 16], 1)
        self.assertEqual(cells[11, 11], 0)
        self.assertEqual(cells[0, 0], -1)

    def test_jittered_boxes_stay_in_the_picture(self):
        rng = np.random.default_rng(1)
        for _ in range(100):
            corners = jittered_box([200, 0, 56, 30], 256, rng)
            self.assertTrue((corners[1] > corners[0]).all())
            self.assertTrue((corners >= 0).all())

    def test_object_cells_cover_the_box(self):
        cells = object_cells([{"box": [32, 64, 32, 16]}])
        self.assertEqual(cells.sum(), 2)
        self.assertTrue(cells[0, 4, 2] and cells[0, 4, 3])


class Clicks(unittest.TestCase):
    def test_are_inside_and_correct_the_error(self):
        rng = np.random.default_rng(2)
        truth = np.zeros((8, 8), bool)
        truth[2:5, 3:6] = True
        x, y = inside_point(truth, rng)
        self.assertTrue(truth[int(y), int(x)])
        prompts = Prompts(1)
        prompts.add_correction(0, truth, np.zeros_like(truth), 2.0, rng)
        self.assertEqual(prompts.labels[0, 0], 1)
        x, y = prompts.points[0, 0] / 2
        self.assertTrue(truth[int(y), int(x)])
        self.assertIsNone(inside_point(np.zeros((4, 4), bool), rng))


class Grounding(unittest.TestCase):
    def test_no_loss_where_words_look_at_their_box(self):
        cells = torch.zeros(1, 3, 16, 16)
        cells[0, 0, :8] = 1
        words = torch.zeros(1, 3, 77)
        words[0, 0, 4] = 1
        inside, outside = torch.zeros(1, 256, 77), torch.zeros(1, 256, 77)
        inside[0, :128, 4] = 1 / 128
        outside[0, 128:, 4] = 1 / 128
        self.assertAlmostEqual(float(grounding_loss([inside], words, cells)), 0, places=4)
        self.assertAlmostEqual(float(grounding_loss([outside], words, cells)), 1, places=4)


if __name__ == "__main__":
    unittest.main()
