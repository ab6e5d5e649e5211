"""What a project brings beyond its measures (衍生效益): roll-out, years to come, intensities, CBAM, carbon fee."""
