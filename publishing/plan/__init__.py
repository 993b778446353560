"""The plan of a tour: laid out once, then drawn on pages and leaflets, or given as files."""

from publishing.plan.layout import Caption, Leg, Place, Plan, Spot, plan_of

__all__ = ["Caption", "Leg", "Place", "Plan", "Spot", "plan_of"]
